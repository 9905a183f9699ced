import { conversationLimits } from "@/runtime/node/conversation";
import { endUserId, listLimit, ownerKey } from "@/server/domain/conversation/conversation.types";
import { type ErasedWhere, eraseConversations } from "@/server/domain/conversation/erase";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { requireRight } from "@/server/platform/route/key-rights";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { ownDeployment } from "./own-deployment";
import { publishedGuard } from "./routes";

type OfSlug = RouteCall<"api-key", { slug: string }>;
type OfOne = RouteCall<"api-key", { slug: string; conversationId: string }>;

const unknownConversation = (): RouteRefusal =>
  new RouteRefusal(404, "not-found", "There is no such conversation of this key and user.", {
    hint: 'Name its user, too, where it has one: "?user=…".',
  });

const userOf = (request: { readonly url: string }): string | null => {
  const user = new URL(request.url, "http://localhost").searchParams.get("user");
  if (user === null) return null;
  if (!endUserId.safeParse(user).success)
    throw new RouteRefusal(400, "request-invalid", '"user" is not an id of a user.', {
      hint: `At most ${conversationLimits.name} characters, without line breaks.`,
      fields: { user: "Not an id of a user." },
    });
  return user;
};

/** Where the caller's own conversations are: of this address and this key. */
const ownedBy = async ({ parameters, caller, database }: OfSlug | OfOne): Promise<string> => {
  const deploymentId = await ownDeployment(database, parameters.slug, caller);
  const { workspaceId, apiKeyId } = caller;
  return ownerKey({ workspaceId, pipelineId: "", deploymentId, apiKeyId, memberId: null });
};

/** `GET /api/v1/pipelines/{slug}/conversations/{conversationId}?user=…`: the last hundred turns that are remembered, and the summary of what was before. */
export const readConversation = async (call: OfOne): Promise<Answer> => {
  requireRight(call.caller, "mayRead");
  const owner = await ownedBy(call);
  const row = await call.database.prisma.conversation.findUnique({
    where: {
      forgottenAt: null,
      owner_endUser_name: { owner, endUser: userOf(call.request) ?? "", name: call.parameters.conversationId },
    },
    select: {
      name: true,
      endUser: true,
      summary: true,
      lastTurn: true,
      turns: {
        where: { number: { not: null } },
        orderBy: { number: "desc" },
        take: listLimit,
        select: { number: true, runId: true, question: true, answer: true },
      },
    },
  });
  if (row === null) throw unknownConversation();
  const { name, endUser, summary, lastTurn, turns } = row;
  return jsonAnswer({ conversation_id: name, user: endUser, turns: lastTurn, summary, latest: turns.toReversed() });
};

/** Erases, writes down that it was, and says how much; what cannot be erased yet is named. */
const erase = async (
  { caller, database }: OfSlug | OfOne,
  where: Omit<ErasedWhere, "workspaceId">,
): Promise<Answer> => {
  const { workspaceId, apiKeyId } = caller;
  const erased = await eraseConversations(database, { ...where, workspaceId });
  const { conversations, runs, underWay } = erased;
  if (conversations === 0 && underWay.length === 0) throw unknownConversation();
  await recordAudit(database, {
    member: { userId: null, workspaceId, apiKeyId },
    action: where.name === undefined ? "conversation.erase-user" : "conversation.erase",
    subject: `workspace:${workspaceId}`,
    data: { conversations, runs, underWay: underWay.length },
  });
  if (conversations === 0)
    throw new RouteRefusal(409, "conversation-busy", "A turn of it has not ended, so it cannot be erased yet.", {
      hint: "Send this again once its run has ended.",
      ...(underWay[0] === undefined ? {} : { runId: underWay[0] }),
    });
  return jsonAnswer({ conversations, runs, underWay });
};

/** Erasing takes the records of runs away: a key that stands in a web page to run pipelines alone may not. */
const requireBoth = ({ caller }: Pick<OfOne, "caller">): void => {
  requireRight(caller, "mayRun");
  requireRight(caller, "mayRead");
};

/** `DELETE /api/v1/pipelines/{slug}/conversations/{conversationId}?user=…`: what was said in it, and the records of its runs. */
export const eraseConversation = async (call: OfOne): Promise<Answer> => {
  requireBoth(call);
  const owner = await ownedBy(call);
  return erase(call, { owner, endUser: userOf(call.request) ?? "", name: call.parameters.conversationId });
};

/** `DELETE /api/v1/pipelines/{slug}/conversations?user=…`: all that one user said to this address through this key. */
export const eraseUser = async (call: OfSlug): Promise<Answer> => {
  requireBoth(call);
  const endUser = userOf(call.request);
  if (endUser === null)
    throw new RouteRefusal(400, "request-invalid", "Name the user whose conversations are to be erased.", {
      hint: 'Add "?user=…".',
      fields: { user: "It is missing." },
    });
  return erase(call, { owner: await ownedBy(call), endUser });
};

export const readConversationRoute = guardRoute(publishedGuard, readConversation);
export const eraseConversationRoute = guardRoute(publishedGuard, eraseConversation);
export const eraseUserRoute = guardRoute(publishedGuard, eraseUser);
