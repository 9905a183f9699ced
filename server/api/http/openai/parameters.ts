import { parameterRefusal } from "./openai-refusal";

type Body = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** Parameters that change what an answer is, and that a pipeline cannot do: refused where they ask for something. */
const refused: Readonly<Record<string, string>> = {
  tools: "A published pipeline calls its own tools, not those of its caller.",
  functions: "A published pipeline calls its own tools, not those of its caller.",
  stop: "A published pipeline decides itself where its answer ends.",
  logprobs: "A published pipeline does not tell probabilities.",
  top_logprobs: "A published pipeline does not tell probabilities.",
  audio: "The answer is a text.",
  web_search_options: "A published pipeline searches by its own steps.",
  prompt: "Prompts belong to the pipeline.",
  background: "Send it to the pipeline's own address with background: true.",
};

/** What is understood of a request; all else is left to the pipeline, and named in a header of the answer. */
const understood: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "input",
  "instructions",
  "stream",
  "stream_options",
  "response_format",
  "text",
  "user",
  "safety_identifier",
  "metadata",
  "store",
  "inputs",
  "conversation_id",
  "conversation",
  "previous_response_id",
  "n",
  "modalities",
  "tool_choice",
  "function_call",
  "parallel_tool_calls",
  ...Object.keys(refused),
]);

/** Also what clients send to switch something off. */
const asksNothing = (body: Body, name: string): boolean => {
  const value = body[name];
  if (name === "tools" && body.tool_choice === "none") return true;
  if (name === "functions" && body.function_call === "none") return true;
  return isEmpty(value) || value === 0 || value === "";
};

/** Refuses what a pipeline cannot do; gives the names of what it decides itself, whatever the caller asks. */
export const checkParameters = (body: Body): readonly string[] => {
  for (const [name, message] of Object.entries(refused)) {
    if (Object.hasOwn(body, name) && !asksNothing(body, name))
      throw parameterRefusal(name, message, "unsupported_parameter");
  }
  if (!isEmpty(body.n) && Number(body.n) !== 1)
    throw parameterRefusal("n", "A pipeline gives one answer.", "unsupported_value");
  const choice = body.tool_choice ?? body.function_call;
  if (!isEmpty(choice) && choice !== "none" && choice !== "auto")
    throw parameterRefusal("tool_choice", refused.tools as string, "unsupported_value");
  const { modalities } = body;
  if (Array.isArray(modalities) && modalities.some((each) => each !== "text"))
    throw parameterRefusal("modalities", "The answer is a text.", "unsupported_value");
  return Object.keys(body).filter((name) => !understood.has(name) && body[name] !== undefined && body[name] !== null);
};

/** A switch that clients also send as null. */
export const readSwitch = (body: Body, name: string): boolean => {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw parameterRefusal(name, `${name} is true or false.`);
  return value;
};
