import { type ToolForm, toolForms } from "./fake-openai-tools";

/** How the fake server answers one call, after the pause `latencyMs`, with `tokens` tokens `gapMs` apart. */
export type Behaviour = Pace &
  (
    | {
        readonly kind:
          | "answer"
          | "echo"
          | "json"
          | "schema"
          | "no-usage"
          | "no-stream"
          | "reasoning"
          | "never"
          | "not-json";
      }
    | { readonly kind: "half" | "cut" | "stall" | "broken-json" }
    /** Answers of a good status and form that do not fit the request: one item too few, figures out of bounds. */
    | { readonly kind: "short" | "nonsense" }
    /** text-embeddings-inference's reranker: its own path, its own names, a bare list. */
    | { readonly kind: "tei" }
    | {
        readonly kind: "status";
        readonly status: number;
        readonly message: string;
        readonly code: string | null;
        readonly retryAfter?: string;
      }
    | { readonly kind: "html"; readonly status: number }
    | { readonly kind: "redirect"; readonly to: string }
    | { readonly kind: "flaky"; readonly failures: number }
    /** Refuses every so manyth call, whatever it asks, and repeats the last message otherwise. */
    | { readonly kind: "erratic"; readonly every: number }
    /** 429 so many times, which says in words only how long to wait. */
    | { readonly kind: "busy"; readonly failures: number; readonly waitMs: number }
    | { readonly kind: "stream-error"; readonly error: object }
    /** Calls what it is offered, each time in another way that servers have; then says what the tools gave. */
    | { readonly kind: "tools"; readonly form: ToolForm }
    | { readonly kind: "small-batch"; readonly size: number }
    | {
        /** 400 whenever the parameter is there (and, for response_format, of this type). */
        readonly kind: "refuse";
        readonly parameter: string;
        readonly only?: string;
        readonly message: string;
      }
  );

interface Pace {
  readonly latencyMs: number;
  readonly gapMs: number;
  readonly tokens: number;
}

const pace = (latencyMs = 0, gapMs = 0, tokens = 5): Pace => ({ latencyMs, gapMs, tokens });

const statusTexts: Readonly<Record<number, readonly [string, string | null]>> = {
  400: ["This model's maximum context length is 8192 tokens.", "context_length_exceeded"],
  401: ["Incorrect API key provided.", "invalid_api_key"],
  402: ["Insufficient Balance", null],
  403: ["You do not have access to this model.", null],
  404: ["The model does not exist.", "model_not_found"],
  429: ["Rate limit reached.", "rate_limit_exceeded"],
  500: ["The server had an error.", null],
  503: ["The model is loading.", null],
};

/**
 * `fake[-<latency ms>[-<gap ms>[-<tokens>]]]` answers; `fake-20-5-50` is 50 tokens, 5 ms apart, the first after 20 ms. The rest
 * misbehaves: `error-<status>[-<retry after s>]`, `html[-<status>]`, `redirect`, `never`, `not-json`, `half-<tokens>` (the
 * connection breaks), `cut-<tokens>` (the stream ends without a finish), `stall-<tokens>` (falls silent), `broken-json-<tokens>`,
 * `stream-error-<tokens>` and `stream-error-tgi-<tokens>` (an error object inside the stream), `flaky-<failures>` (503 so many
 * times, then well), `erratic-<n>` (400 to every nth call), `busy-<failures>-<ms>` (429 so many times, "try again in <ms>ms"), `no-usage`, `no-stream`, `reasoning`, `no-json-schema`, `no-response-format`, `no-stream-options`,
 * `no-max-tokens`, `no-seed`, `small-batch-<n>` (embeddings). `echo` repeats the last message; `json` answers JSON, `schema` the smallest value that fits the schema asked for.
 * `tools` calls the first tool it is offered and then says what that gave; `tools-parallel` calls all; `tools-fragments`, `-zero-index`, `-no-index`, `-no-id`,
 * `-whole-again`, `-object`, `-in-text`, `-broken`, `-unknown` and `-for-ever` do it as some servers and models do; `no-tools` and `no-tool-choice` refuse the field.
 * `short` and `nonsense` answer the operations beside chat with an item too few or with figures that cannot be; `tei` ranks as
 * text-embeddings-inference does; `no-verbose-json` transcribes as text only. Any other name is answered as `fake`.
 */
export const behaviourOf = (model: string): Behaviour => {
  const numbers = (model.match(/-\d+/g) ?? []).map((part) => Number(part.slice(1)));
  const [first = 0, second = 0, third] = numbers;
  const after = (tokens: number) => pace(0, 0, tokens);
  const name = model.replace(/(-\d+)+$/, "");
  const form = toolForms.find((known) => known === name);
  if (form !== undefined) return { kind: "tools", form, ...pace(first, second) };
  switch (name) {
    case "echo":
    case "json":
    case "schema":
    case "no-usage":
    case "no-stream":
    case "reasoning":
    case "never":
    case "not-json":
    case "short":
    case "nonsense":
    case "tei":
      return { kind: name, ...pace() };
    case "half":
    case "cut":
    case "stall":
    case "broken-json":
      return { kind: name, ...after(first) };
    case "error": {
      const [message, code] = statusTexts[first] ?? ["Something happened.", null];
      const retryAfter = numbers[1] === undefined ? {} : { retryAfter: String(second) };
      return { kind: "status", status: first, message, code, ...retryAfter, ...pace() };
    }
    case "html":
      return { kind: "html", status: first || 200, ...pace() };
    case "redirect":
      return { kind: "redirect", to: "http://169.254.169.254/v1/chat/completions", ...pace() };
    case "erratic":
      return { kind: "erratic", every: first, ...pace() };
    case "flaky":
      return { kind: "flaky", failures: first, ...pace() };
    case "busy":
      return { kind: "busy", failures: first, waitMs: second, ...pace() };
    case "stream-error":
      return {
        kind: "stream-error",
        error: { error: { message: "CUDA out of memory", type: "server_error" } },
        ...after(first),
      };
    case "stream-error-tgi":
      return {
        kind: "stream-error",
        error: { error: "Model is overloaded", error_type: "overloaded" },
        ...after(first),
      };
    case "stream-error-vllm":
      return { kind: "stream-error", error: { object: "error", message: "bad sampling", code: 400 }, ...after(first) };
    case "small-batch":
      return { kind: "small-batch", size: first, ...pace() };
    case "no-json-schema":
      return refuse("response_format", "response_format type json_schema is not supported", "json_schema");
    case "no-response-format":
      return refuse("response_format", "Extra inputs are not permitted: response_format");
    case "no-stream-options":
      return refuse("stream_options", "Unrecognized request argument supplied: stream_options");
    case "no-max-tokens":
      return refuse(
        "max_tokens",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      );
    case "no-seed":
      return refuse("seed", "Unknown parameter: 'seed'.");
    case "no-verbose-json":
      return refuse(
        "response_format",
        "response_format 'verbose_json' is not compatible with this model. Use 'json' instead.",
        "verbose_json",
      );
    case "no-tools":
      return refuse("tools", "registry.example/library/tiny does not support tools");
    case "no-tool-choice":
      return refuse("tool_choice", "tool_choice 'required' is not supported by this model.");
    case "no-temperature":
      return refuse("temperature", "Unsupported value: 'temperature' does not support 0.2 with this model.");
    default:
      return { kind: "answer", ...pace(first, second, third ?? (numbers.length > 1 ? 20 : 5)) };
  }
};

const refuse = (parameter: string, message: string, only?: string): Behaviour => ({
  kind: "refuse",
  parameter,
  message,
  ...(only === undefined ? {} : { only }),
  ...pace(),
});

export const servedModels = (models?: readonly string[]): readonly string[] =>
  models ?? [
    "fake",
    "fake-20",
    "echo",
    "json",
    "fake-embedding",
    "fake-vision",
    "fake-moderation",
    "fake-whisper",
    "fake-reranker",
    "fake-image",
    "fake-tts",
  ];
