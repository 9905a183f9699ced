import type { ChatRequest, JsonSchema } from "@/runtime/node/context";
import type { Message } from "@/runtime/node/port";
import { isRecord } from "@/runtime/node/record";
import type { Dialect } from "./openai-dialect";
import { mayBeNull, schemaOutline } from "./schema-outline";

type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

interface ChatBodyCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

type ChatBodyMessage =
  | { readonly role: "system"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string | null; readonly tool_calls?: ChatBodyCall[] }
  | { readonly role: "tool"; readonly content: string; readonly tool_call_id: string }
  | { readonly role: "user"; readonly content: string | ContentPart[] };

/** The body of POST /chat/completions, as far as we use it. */
export interface ChatBody {
  readonly model: string;
  readonly messages: ChatBodyMessage[];
  readonly stream: boolean;
  readonly stream_options?: { readonly include_usage: true };
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stop?: string[];
  readonly seed?: number;
  readonly tools?: {
    readonly type: "function";
    readonly function: { readonly name: string; readonly description?: string; readonly parameters: JsonSchema };
  }[];
  readonly tool_choice?: "none" | "required";
  readonly response_format?:
    | {
        readonly type: "json_schema";
        readonly json_schema: {
          readonly name: string;
          readonly schema: Record<string, unknown>;
          readonly strict: boolean;
        };
      }
    | { readonly type: "json_object" };
}

/** OpenAI enforces a schema only where each object names all its properties as required and allows no others. */
export const isStrictSchema = (schema: unknown, depth = 0): boolean => {
  if (depth > 20) return false;
  if (Array.isArray(schema)) return schema.every((part) => isStrictSchema(part, depth + 1));
  if (!isRecord(schema)) return true;
  if (schema.type === "object" || schema.properties !== undefined) {
    if (schema.additionalProperties !== false || !isRecord(schema.properties)) return false;
    const required = Array.isArray(schema.required) ? schema.required : [];
    if (!Object.keys(schema.properties).every((name) => required.includes(name))) return false;
    if (!Object.values(schema.properties).every((part) => isStrictSchema(part, depth + 1))) return false;
  }
  return ["items", "anyOf", "$defs"].every((key) => {
    const part = schema[key];
    return key === "$defs" && isRecord(part)
      ? Object.values(part).every((definition) => isStrictSchema(definition, depth + 1))
      : isStrictSchema(part, depth + 1);
  });
};

const instruction = (schema: JsonSchema) =>
  `Reply with one JSON value that is valid against this JSON Schema, and with nothing else: ${JSON.stringify(schema)}`;

/** Where a grammar holds the form, the model need not be told its rules, but has to know what is coming: which fields, which values, what stands for nothing. */
const shortInstruction = (schema: JsonSchema): string => {
  const outline = schemaOutline(schema);
  if (outline === null) return instruction(schema);
  const empty = mayBeNull(outline) ? " What is not given is null." : "";
  return `Reply with JSON of this type, and with nothing else: ${outline}${empty}`;
};

/** Whether a prompt names each field of the reply in quotes, and so tells of the form by itself or shows it in examples. */
const tellsFields = (schema: JsonSchema, messages: readonly Message[]): boolean => {
  const fields = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
  const told = messages.map(({ content }) => content).join("\n");
  return fields.every((field) => told.includes(JSON.stringify(field)));
};

/** Puts the instruction into the first system message, or in front: some models allow one system message only. */
const withInstruction = (messages: readonly Message[], text: string): Message[] => {
  const first = messages[0];
  return first?.role === "system"
    ? [{ ...first, content: `${first.content}\n\n${text}` }, ...messages.slice(1)]
    : [{ role: "system", content: text }, ...messages];
};

/** For a model without a system role: what it is told stands before the first message of the user, and no two messages of one role follow each other. */
const rolesFor = ({ system }: Dialect, messages: readonly Message[]): readonly Message[] => {
  if (system === "role") return messages;
  const joined: Message[] = [];
  for (const message of messages) {
    const role = message.role === "system" ? "user" : message.role;
    const last = joined.at(-1);
    // A call and its result stand each for itself.
    const isOwn = role === "tool" || message.toolCalls !== undefined || last?.toolCalls !== undefined;
    if (last === undefined || last.role !== role || isOwn) joined.push({ ...message, role });
    else {
      const images = [...(last.images ?? []), ...(message.images ?? [])];
      const content = [last.content, message.content].filter((text) => text !== "").join("\n\n");
      joined[joined.length - 1] = { role, content, ...(images.length > 0 ? { images } : {}) };
    }
  }
  return joined;
};

/** Servers read the arguments of earlier calls again, and refuse the whole conversation where a model once wrote no JSON. */
const jsonArguments = (text: string): string => {
  try {
    return isRecord(JSON.parse(text)) ? text : "{}";
  } catch {
    return JSON.stringify({ unreadable: text.slice(0, 4_000) });
  }
};

/** Pictures before the words about them, as the makers of such models advise. Only a user shows pictures. */
const bodyMessage = (message: Message, urls: ReadonlyMap<string, string>): ChatBodyMessage => {
  const { role, content, images = [], toolCalls = [], toolCallId = "" } = message;
  if (role === "tool") return { role, content, tool_call_id: toolCallId };
  if (role === "assistant") {
    if (toolCalls.length === 0) return { role, content };
    const calls = toolCalls.map(
      ({ id, name, arguments: given }): ChatBodyCall => ({
        id,
        type: "function",
        function: { name, arguments: jsonArguments(given) },
      }),
    );
    return { role, content: content === "" ? null : content, tool_calls: calls };
  }
  if (role !== "user" || images.length === 0) return { role, content };
  const shown = images.flatMap(({ fileId }): ContentPart[] => {
    const url = urls.get(fileId);
    return url === undefined ? [] : [{ type: "image_url", image_url: { url } }];
  });
  return { role, content: [...shown, ...(content === "" ? [] : [{ type: "text" as const, text: content }])] };
};

/** Whether a schema describes what its fields mean, as "date as YYYY-MM-DD": no grammar holds that, so the model has to read it. */
const saysMoreThanForm = (schema: unknown, depth = 0): boolean => {
  if (depth > 64 || typeof schema !== "object" || schema === null) return false;
  return Object.entries(schema).some(
    ([key, value]) => (key === "description" && typeof value === "string") || saysMoreThanForm(value, depth + 1),
  );
};

/**
 * `enforcesSchema`: the model is known to hold a JSON schema by grammar, so it is told of it in short, and not at all where the prompt does so.
 * `urls`: where the pictures that the messages show are found, by file id.
 * `stream`: whether the reply comes piece by piece.
 * `extra`: fields that the endpoint adds; those of the request win over them, and what is written here over both.
 */
export const chatBody = (
  request: ChatRequest,
  dialect: Dialect,
  enforcesSchema: boolean,
  urls: ReadonlyMap<string, string> = new Map(),
  stream = true,
  extra: Readonly<Record<string, unknown>> = {},
): ChatBody => {
  const schema = request.responseSchema;
  const isHeld = dialect.schema === "json_schema" && enforcesSchema;
  const words =
    schema === undefined || (isHeld && tellsFields(schema, request.messages) && !saysMoreThanForm(schema))
      ? null
      : (isHeld ? shortInstruction : instruction)(schema);
  return {
    ...extra,
    ...request.extra,
    model: request.model,
    messages: rolesFor(dialect, words === null ? request.messages : withInstruction(request.messages, words)).map(
      (message) => bodyMessage(message, urls),
    ),
    stream,
    ...(stream && dialect.streamUsage ? { stream_options: { include_usage: true } } : {}),
    ...(request.temperature !== undefined && dialect.temperature !== null
      ? { temperature: Math.min(Math.max(request.temperature, dialect.temperature.least), dialect.temperature.most) }
      : {}),
    ...(request.topP !== undefined && dialect.topP ? { top_p: request.topP } : {}),
    ...(request.maxTokens !== undefined
      ? { [dialect.maxTokens]: Math.min(request.maxTokens, dialect.mostTokens ?? request.maxTokens) }
      : {}),
    ...(request.stop !== undefined && request.stop.length > 0 && dialect.stop ? { stop: [...request.stop] } : {}),
    ...(request.seed !== undefined && dialect.seed ? { seed: request.seed } : {}),
    ...toolFields(request, dialect),
    ...(schema === undefined || dialect.schema === "plain" ? {} : { response_format: responseFormat(schema, dialect) }),
  };
};

/** `auto` is what every server takes for granted, so it is left unsaid. */
const toolFields = ({ tools = [], toolChoice = "auto" }: ChatRequest, dialect: Dialect): Partial<ChatBody> =>
  tools.length === 0
    ? {}
    : {
        tools: tools.map(({ name, description, parameters }) => ({
          type: "function",
          function: { name, ...(description === "" ? {} : { description }), parameters },
        })),
        ...(toolChoice === "auto" || !dialect.toolChoice ? {} : { tool_choice: toolChoice }),
      };

const responseFormat = (schema: JsonSchema, dialect: Dialect): NonNullable<ChatBody["response_format"]> =>
  dialect.schema === "json_schema"
    ? { type: "json_schema", json_schema: { name: "reply", schema: { ...schema }, strict: isStrictSchema(schema) } }
    : { type: "json_object" };
