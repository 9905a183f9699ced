import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../errors";
import {
  calledText,
  calls,
  checkTurns,
  resultText,
  type ToolUse,
  toolFields,
  toolInstructions,
  toolUse,
} from "./tools";

const MAX_MESSAGES = 512;
const MAX_STOPS = 16;
const MAX_STOP_CHARACTERS = 256;
const MAX_ANSWER_TOKENS = 32_768;

/** Of all texts of a request together. Pictures come on top of it. */
const MAX_TEXT_CHARACTERS = 1 << 20;
const MAX_IMAGES = 8;

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({
  type: z.literal("image_url"),
  image_url: z.object({ url: z.string(), detail: z.enum(["auto", "low", "high"]).nullish() }),
});
const text = z.union([z.string(), z.array(textPart).min(1).max(64)], {
  error: "must be a text or a list of text parts",
});
const content = z.union(
  [
    z.string(),
    z
      .array(z.discriminatedUnion("type", [textPart, imagePart]))
      .min(1)
      .max(64),
  ],
  {
    error: "must be a text or a list of text and image_url parts; this endpoint reads no audio or files in a chat",
  },
);
const message = z.discriminatedUnion(
  "role",
  [
    z.object({ role: z.enum(["system", "developer"]), content: text, name: z.string().optional() }),
    z.object({ role: z.literal("user"), content, name: z.string().optional() }),
    z.object({
      role: z.literal("assistant"),
      content: text.nullish(),
      name: z.string().optional(),
      refusal: z.null().optional(),
      // What a model thought before is not shown to it again.
      reasoning_content: z.string().nullish(),
      tool_calls: calls.nullish(),
    }),
    z.object({
      role: z.literal("tool"),
      content: text,
      tool_call_id: z.string().min(1).max(128),
      name: z.string().optional(),
    }),
  ],
  { error: "role must be system, developer, user, assistant or tool" },
);

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name: z.string().max(64),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const tokens = z.int().min(1).max(MAX_ANSWER_TOKENS);
const stop = z.string().min(1).max(MAX_STOP_CHARACTERS);
const penalty = z.number().min(-2).max(2);
const ignored = z.unknown().optional();

/** Fields that change the answer and that no model here can honour are refused rather than ignored. */
const chatBody = z.strictObject({
  model: z.string().min(1).max(256),
  messages: z.array(message).min(1).max(MAX_MESSAGES),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens.nullish(),
  max_completion_tokens: tokens.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.int().min(0).max(1000).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([stop, z.array(stop).max(MAX_STOPS)]).nullish(),
  frequency_penalty: penalty.nullish(),
  presence_penalty: penalty.nullish(),
  repetition_penalty: z.number().min(0.5).max(2).nullish(),
  response_format: responseFormat.nullish(),
  n: z.literal(1, "only one answer a request").nullish(),
  logprobs: z.literal(false, "log probabilities are not supported here").nullish(),
  logit_bias: z
    .record(z.string(), z.number())
    .refine((bias) => Object.keys(bias).length === 0, "is not supported here")
    .nullish(),
  ...toolFields,
  user: ignored,
  metadata: ignored,
  store: ignored,
  service_tier: ignored,
  safety_identifier: ignored,
  prompt_cache_key: ignored,
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh"]).nullish(),
  chat_template_kwargs: z.object({ enable_thinking: z.boolean().nullish() }).nullish(),
  verbosity: ignored,
});

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly text: string;
  /** Addresses as the client wrote them. */
  readonly images: readonly string[];
}

export interface JsonFormat {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Refuse a schema with a rule that a grammar cannot hold, instead of leaving that rule out. */
  readonly strict: boolean;
}

export interface ChatCompletion {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly maxTokens: number | undefined;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly topK: number | undefined;
  readonly minP: number | undefined;
  readonly seed: number | undefined;
  readonly stop: readonly string[];
  readonly frequencyPenalty: number | undefined;
  readonly presencePenalty: number | undefined;
  readonly repetitionPenalty: number | undefined;
  readonly json: JsonFormat | undefined;
  readonly tools: ToolUse | undefined;
  /** Tokens that a thinking model may think; undefined: as many as it likes within the answer's limit. */
  readonly thoughtTokens: number | undefined;
}

export function parseChatRequest(body: unknown): Result<ChatCompletion, EndpointError> {
  const parsed = chatBody.safeParse(body);
  if (!parsed.success) return fail(fromIssue(parsed.error.issues[0]));
  const data = parsed.data;
  const tools = toolUse(data);
  if (!tools.ok) return tools;
  if (tools.value && data.response_format && data.response_format.type !== "text")
    return fail(badRequest("An answer in JSON and tools cannot be asked for at once.", "response_format"));
  const turns = checkTurns(
    data.messages.map((message) => ({
      calls: message.role === "assistant" ? (message.tool_calls ?? []).map(({ id }) => id) : [],
      answers: message.role === "tool" ? message.tool_call_id : undefined,
    })),
  );
  if (turns) return fail(turns);
  const silent = data.messages.findIndex(
    (one) => one.content == null && !(one.role === "assistant" && one.tool_calls?.length),
  );
  if (silent !== -1) return fail(badRequest("must be a text, or tool_calls be given", `messages[${silent}].content`));
  const messages = toMessages(data.messages, tools.value);
  if (messages.reduce((sum, message) => sum + message.text.length, 0) > MAX_TEXT_CHARACTERS)
    return fail(badRequest(`The texts have more than ${MAX_TEXT_CHARACTERS} characters together.`, "messages"));
  if (messages.reduce((sum, message) => sum + message.images.length, 0) > MAX_IMAGES)
    return fail(badRequest(`A request may carry at most ${MAX_IMAGES} pictures.`, "messages"));
  const format = data.response_format;
  return ok({
    model: data.model,
    messages,
    stream: data.stream ?? false,
    includeUsage: data.stream_options?.include_usage ?? false,
    maxTokens: data.max_completion_tokens ?? data.max_tokens ?? undefined,
    temperature: data.temperature ?? undefined,
    topP: data.top_p ?? undefined,
    topK: data.top_k ?? undefined,
    minP: data.min_p ?? undefined,
    seed: data.seed ?? undefined,
    stop: typeof data.stop === "string" ? [data.stop] : (data.stop ?? []),
    frequencyPenalty: data.frequency_penalty ?? undefined,
    presencePenalty: data.presence_penalty ?? undefined,
    repetitionPenalty: data.repetition_penalty ?? undefined,
    json:
      format?.type === "json_schema"
        ? { schema: format.json_schema.schema, strict: format.json_schema.strict ?? false }
        : format?.type === "json_object"
          ? { schema: { type: "object" }, strict: false }
          : undefined,
    tools: tools.value,
    thoughtTokens: thoughtTokens(data),
  });
}

/** Tools, calls and results are written into the texts: so every model with a chat template can be told of them. */
function toMessages(given: readonly z.output<typeof message>[], tools: ToolUse | undefined): ChatMessage[] {
  const messages: { role: ChatMessage["role"]; text: string; images: readonly string[]; isResult: boolean }[] = [];
  for (const one of given) {
    const parts =
      typeof one.content === "string" ? [{ type: "text" as const, text: one.content }] : (one.content ?? []);
    const plain = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
    const images = parts.flatMap((part) => (part.type === "image_url" ? [part.image_url.url] : []));
    const last = messages.at(-1);
    if (one.role === "tool" && last?.isResult) last.text += `\n${resultText([plain])}`;
    else if (one.role === "tool") messages.push({ role: "user", text: resultText([plain]), images, isResult: true });
    else {
      const role = one.role === "developer" ? "system" : one.role;
      const text = one.role === "assistant" && one.tool_calls?.length ? calledText(plain, one.tool_calls) : plain;
      messages.push({ role, text, images, isResult: false });
    }
  }
  if (tools) {
    const [first] = messages;
    if (first?.role === "system") first.text += `\n\n${toolInstructions(tools)}`;
    else messages.unshift({ role: "system", text: toolInstructions(tools), images: [], isResult: false });
  }
  return messages.map(({ role, text, images }) => ({ role, text, images }));
}

const THOUGHT_TOKENS = { none: 0, minimal: 0, low: 256, medium: 1024, high: undefined, xhigh: undefined } as const;

const thoughtTokens = ({ reasoning_effort, chat_template_kwargs }: z.output<typeof chatBody>): number | undefined =>
  chat_template_kwargs?.enable_thinking === false ? 0 : THOUGHT_TOKENS[reasoning_effort ?? "high"];

/** The first thing that is wrong, with the field named as a client would write it: `messages[0].content`. */
export function fromIssue(issue: z.core.$ZodIssue | undefined): EndpointError {
  if (!issue) return badRequest("The request is not valid.");
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = fieldName(unknown === undefined ? issue.path : [...issue.path, unknown]);
  if (unknown !== undefined) return badRequest(`Unknown field ${field}.`, field, "unknown_field");
  return badRequest(field ? `${field}: ${issue.message}` : `The body: ${issue.message}`, field || null);
}

const fieldName = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (name, key) => (typeof key === "number" ? `${name}[${key}]` : name ? `${name}.${String(key)}` : String(key)),
    "",
  );
