import type { ChatRequest } from "@/runtime/node/context";

/** How one model at one server wants to be asked. Begins with OpenAI's form; each refusal teaches one difference. */
export interface Dialect {
  readonly schema: "json_schema" | "json_object" | "plain";
  readonly maxTokens: "max_tokens" | "max_completion_tokens";
  readonly streamUsage: boolean;
  readonly seed: boolean;
  readonly temperature: boolean;
  readonly topP: boolean;
}

export const openAiDialect: Dialect = {
  schema: "json_schema",
  maxTokens: "max_tokens",
  streamUsage: true,
  seed: true,
  temperature: true,
  topP: true,
};

const unsupported = /unsupported|not supported|does not support|unknown|unrecognized|unexpected|not permitted|extra/i;
const tooLong = /context.{0,20}(length|window|size)|maximum.{0,40}tokens|too (long|large|many tokens)|prompt is too/i;

/** The form to try after a refusal (400, 422), or null where the request itself is at fault. */
export const adaptDialect = (dialect: Dialect, request: ChatRequest, refusal: string): Dialect | null => {
  if (request.maxTokens !== undefined && /max_completion_tokens/.test(refusal) && dialect.maxTokens === "max_tokens") {
    return { ...dialect, maxTokens: "max_completion_tokens" };
  }
  if (unsupported.test(refusal)) {
    if (dialect.streamUsage && /stream_options|include_usage/.test(refusal)) return { ...dialect, streamUsage: false };
    if (dialect.seed && request.seed !== undefined && /\bseed\b/.test(refusal)) return { ...dialect, seed: false };
    if (dialect.temperature && request.temperature !== undefined && /temperature/.test(refusal)) {
      return { ...dialect, temperature: false };
    }
    if (dialect.topP && request.topP !== undefined && /top_p/.test(refusal)) return { ...dialect, topP: false };
  }
  if (request.responseSchema !== undefined && !tooLong.test(refusal)) {
    if (dialect.schema === "json_schema") return { ...dialect, schema: "json_object" };
    if (dialect.schema === "json_object") return { ...dialect, schema: "plain" };
  }
  return null;
};
