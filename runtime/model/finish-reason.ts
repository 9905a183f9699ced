import type { FinishReason } from "@/runtime/node/context";

/** The words of OpenAI, Anthropic, Google, Cohere, Mistral, DeepSeek, Zhipu, Bedrock, TGI, vLLM and SGLang, in one spelling. */
const words: Readonly<Record<string, FinishReason | "error">> = {
  stop: "stop",
  eos: "stop",
  eos_token: "stop",
  stop_sequence: "stop",
  end_turn: "stop",
  complete: "stop",
  completed: "stop",
  finish: "stop",
  length: "length",
  max_tokens: "length",
  max_length: "length",
  max_output_tokens: "length",
  model_length: "length",
  error_limit: "length",
  model_context_window_exceeded: "length",
  repetition: "length",
  content_filter: "content-filter",
  content_filtered: "content-filter",
  safety: "content-filter",
  image_safety: "content-filter",
  recitation: "content-filter",
  blocklist: "content-filter",
  prohibited_content: "content-filter",
  spii: "content-filter",
  sensitive: "content-filter",
  language: "content-filter",
  error_toxic: "content-filter",
  guardrail_intervened: "content-filter",
  refusal: "refusal",
  tool_calls: "tool-calls",
  tool_call: "tool-calls",
  tool_use: "tool-calls",
  function_call: "tool-calls",
  malformed_function_call: "tool-calls",
  unexpected_tool_call: "tool-calls",
  error: "error",
  abort: "error",
  aborted: "error",
  cancelled: "error",
  network_error: "error",
  insufficient_system_resource: "error",
  engine_error: "error",
};

/** What a server said of the end of a reply; null where it said nothing. `error`: the reply broke off for a reason of the server's own. */
export const readFinishReason = (value: unknown): FinishReason | "error" | null => {
  if (value === null || value === undefined || value === "") return null;
  // Gateways write Google's words behind their own: "content_filter: RECITATION".
  const [first = ""] = String(value).slice(0, 100).toLowerCase().split(":");
  const word = first
    .trim()
    .replace(/^finish_reason_/, "")
    .replaceAll(/[-\s]/g, "_");
  return Object.hasOwn(words, word) ? (words[word] ?? "other") : "other";
};
