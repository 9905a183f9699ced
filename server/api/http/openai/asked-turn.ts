import { isRecord } from "@/runtime/node/record";
import type { Plan } from "@/runtime/plan/plan";
import { conversationName, endUserId, ownerKey } from "@/server/domain/conversation/conversation.types";
import { findTurnOfRun } from "@/server/domain/run/conversation/turn-of-run";
import type { Database } from "@/server/platform/db/database";
import type { Talk } from "../published/published.types";
import { parameterRefusal } from "./openai-refusal";

type Body = Readonly<Record<string, unknown>>;

interface Asking {
  readonly way: "chat" | "responses";
  readonly plan: Pick<Plan, "conversation">;
  readonly user: string | null;
  /** Whose conversations: of this address and this key. */
  readonly owner: {
    readonly workspaceId: string;
    readonly pipelineId: string;
    readonly deploymentId: string;
    readonly apiKeyId: string;
  };
}

const isLeft = (value: unknown): boolean => value === undefined || value === null || value === "";

const notKept = (at: string) =>
  parameterRefusal(
    at,
    "This pipeline keeps no conversations: send the messages before with the request.",
    "unsupported_parameter",
  );

/** By our own field for chats, by OpenAI's for responses, as an id or as an object that holds one. */
const named = (body: Body, way: Asking["way"]): readonly [at: string, name: unknown] => {
  if (way === "chat" || isLeft(body.conversation)) return ["conversation_id", body.conversation_id];
  const { conversation } = body;
  return ["conversation", isRecord(conversation) ? conversation.id : conversation];
};

const response = /^resp_([\w-]{1,64})$/;

/**
 * The conversation that a request goes on with. A chat is one by itself unless it names one, as its clients send all that was said before. A response begins one where it names none and
 * is to be stored, so that the next request may name it by `previous_response_id`. undefined: a run by itself.
 */
export const askedTurn = async (
  database: Database,
  body: Body,
  { way, plan, user, owner }: Asking,
): Promise<Talk | undefined> => {
  const [at, name] = named(body, way);
  const previous = way === "responses" ? body.previous_response_id : undefined;
  const keeps = plan.conversation !== undefined;
  if (!isLeft(name)) {
    if (!keeps) throw notKept(at);
    if (!isLeft(previous))
      throw parameterRefusal(
        "previous_response_id",
        `It cannot be sent together with ${at}: either says where to go on.`,
      );
    const read = conversationName.safeParse(name);
    if (!read.success) throw parameterRefusal(at, "The id of a conversation has 1 to 200 printable characters.");
    return { conversation_id: read.data, ...speaker(user) };
  }
  if (!isLeft(previous)) {
    if (!keeps) throw notKept("previous_response_id");
    return after(database, previous, user, owner);
  }
  if (!keeps || way === "chat" || body.store === false) return undefined;
  return speaker(user);
};

const speaker = (user: string | null): Talk => {
  if (isLeft(user)) return {};
  const read = endUserId.safeParse(user);
  if (!read.success) throw parameterRefusal("user", "The id of a user has 1 to 200 printable characters.");
  return { user: read.data };
};

const after = async (
  database: Database,
  previous: unknown,
  user: string | null,
  owner: Asking["owner"],
): Promise<Talk> => {
  const [, runId] = response.exec(String(previous)) ?? [];
  const found = runId === undefined ? null : await findTurnOfRun(database, runId);
  const isOwn = found !== null && found.owner === ownerKey({ ...owner, memberId: null });
  if (!isOwn || (!isLeft(user) && user !== found.user)) {
    throw parameterRefusal(
      "previous_response_id",
      "There is no such answer of this key and user that a conversation goes on from: it failed, was not stored, or is forgotten.",
      "previous_response_not_found",
    );
  }
  return { conversation_id: found.conversation_id, user: found.user, after: found.turn };
};
