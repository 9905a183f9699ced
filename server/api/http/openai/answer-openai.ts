import { isRecord } from "@/runtime/node/record";
import { chatMappingOf } from "@/server/domain/deployment/chat-mapping";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { Answer } from "@/server/platform/lean/answer";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { answerKeyed } from "../published/answer-keyed";
import { type AnswerForm, answerNew } from "../published/answer-new";
import { findPublished } from "../published/begin-published-run";
import { readIdempotencyKey } from "../published/keyed-request";
import { readVersion } from "../published/read-version";
import { RequestFiles } from "../published/request-files";
import { readAnswerFormat } from "./answer-text";
import { askedTurn } from "./asked-turn";
import { chatForm } from "./chat-form";
import { chatInputs } from "./chat-inputs";
import { type Conversation, readConversation } from "./conversation";
import { openAiRefusal, parameterRefusal, unknownModel } from "./openai-refusal";
import { checkParameters, readSwitch } from "./parameters";
import { responsesForm } from "./responses-form";
import type { Wanted } from "./said-answer";

type Call = RouteCall<"api-key", unknown>;
type Body = Readonly<Record<string, unknown>>;

/** Bytes of a request: files stand in it as base64. */
export const mostRequestBytes = 16 * 1024 * 1024;

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** What the two ways of asking differ in. */
interface Api {
  readonly way: "chat" | "responses";
  readonly conversation: (body: Body) => Conversation;
  readonly format: (body: Body) => readonly [format: unknown, at: string];
  readonly form: (wanted: Wanted, body: Body) => AnswerForm;
}

const chat: Api = {
  way: "chat",
  conversation: (body) => readConversation(body.messages, "messages"),
  format: (body) => [body.response_format, "response_format"],
  form: (wanted) => chatForm(wanted),
};

const textFormat = (body: Body): unknown => (isRecord(body.text) ? body.text.format : undefined);

const responses: Api = {
  way: "responses",
  conversation: (body) => {
    const { input } = body;
    const messages = typeof input === "string" ? [{ role: "user", content: input }] : messagesOf(input);
    const conversation = readConversation(messages, "input");
    const instructions = [textOrNull(body.instructions) ?? "", conversation.instructions].filter(Boolean).join("\n\n");
    return { ...conversation, instructions };
  },
  format: (body) => [textFormat(body), "text.format"],
  form: (wanted, body) =>
    responsesForm(wanted, {
      instructions: textOrNull(body.instructions),
      metadata: body.metadata,
      user: textOrNull(body.user),
      textFormat: textFormat(body),
      previous: textOrNull(body.previous_response_id) || null,
      store: body.store !== false,
    }),
};

/** Items that are no messages, such as what a model thought or which tool it called, are said as what they are. */
const messagesOf = (input: unknown): unknown => {
  if (!Array.isArray(input)) return input;
  return input.map((item) => {
    if (!isRecord(item) || item.type === undefined || item.type === "message") return item;
    if (item.type === "function_call_output") return { role: "tool", content: item.output };
    if (item.type === "function_call") return { role: "assistant", content: `${item.name}(${item.arguments})` };
    if (item.type === "reasoning") return { role: "assistant", content: "" };
    throw parameterRefusal("input", `Items of the type "${String(item.type).slice(0, 40)}" are not taken.`);
  });
};

const readModel = (body: Body): string => {
  const model = textOrNull(body.model)?.trim() ?? "";
  if (model === "")
    throw parameterRefusal("model", "The model is the name in a pipeline's address.", "model_not_found");
  return model;
};

const findModel = (call: Call, slug: string, version: number | null) =>
  findPublished(call.database, slug, call.caller, version).catch((error: unknown) => {
    throw error instanceof RouteRefusal && error.status === 404 ? unknownModel(slug) : error;
  });

const answer = (call: Call, api: Api): Promise<Answer> => {
  const files = new RequestFiles();
  return files.around(call.database, () => answerAsked(call, api, files));
};

const answerAsked = async (call: Call, api: Api, files: RequestFiles): Promise<Answer> => {
  const { request, caller, database } = call;
  requireRight(caller, "mayRun");
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const key = readIdempotencyKey(request.headers);
  const body = await call.json(mostRequestBytes);
  if (!isRecord(body)) throw parameterRefusal("body", "The request is a JSON object.");
  const model = readModel(body);
  // `name@3` is its version 3.
  const [, slug = model, named] = /^([^@]+)@([1-9]\d{0,8})$/.exec(model) ?? [];
  const version = readVersion(request.headers, named === undefined ? undefined : Number(named));
  const { plan, deployment } = await findModel(call, slug, version);
  const decided = checkParameters(body);
  const streams = readSwitch(body, "stream");
  const format = readAnswerFormat(...api.format(body));
  const conversation = api.conversation(body);
  const mapping = chatMappingOf(deployment.chatMapping, plan);
  const user = textOrNull(body.user) ?? textOrNull(body.safety_identifier);
  const more = body.inputs ?? {};
  if (!isRecord(more)) throw parameterRefusal("inputs", "The further inputs are an object, one member for each.");
  const holder = { workspaceId: deployment.workspaceId, key: caller.apiKeyId };
  const { inputs, unused, store } = chatInputs(database, holder, plan.inputFields, mapping, files, {
    conversation,
    user,
    more,
  });
  const left = [...decided, ...unused, ...conversation.earlierFiles];
  if (left.length > 0)
    call.responseHeaders.set(
      "x-pipewright-ignored",
      left
        .join(", ")
        .replace(/[^\x20-\x7e]/g, "?")
        .slice(0, 1_000),
    );
  const { workspaceId, pipelineId, id: deploymentId } = deployment;
  const owner = { workspaceId, pipelineId, deploymentId, apiKeyId: caller.apiKeyId };
  const talk = await askedTurn(database, body, { way: api.way, plan, user, owner });
  const options = isRecord(body.stream_options) ? body.stream_options : {};
  const wanted: Wanted = { model, output: mapping.answer, format, includeUsage: options.include_usage === true };
  const { prepare } = format;
  const admitted = async () => {
    await prepare?.();
    return store === null ? inputs : await store();
  };
  const run = {
    slug,
    inputs,
    admitted: prepare === null && store === null ? undefined : admitted,
    begun: files.begun,
    ...(talk !== undefined && { talk }),
    way: api.way,
    version,
    streams,
    form: api.form(wanted, body),
    graceMs: 0,
  };
  if (key === null) return answerNew(call, run);
  const also = [
    format.schema,
    wanted.includeUsage,
    ...(version === null ? [] : [version]),
    ...(talk === undefined ? [] : [talk]),
  ];
  return answerKeyed(call, { apiKeyId: caller.apiKeyId, key }, { ...run, also });
};

/** `POST /v1/chat/completions`. */
export const answerChat = (call: Call): Promise<Answer> => answer(call, chat);

/** `POST /v1/responses`. */
export const answerResponses = (call: Call): Promise<Answer> => answer(call, responses);

/** Refusals in OpenAI's form. */
export const openAiGuard = { auth: "api-key", refusal: openAiRefusal } as const;
