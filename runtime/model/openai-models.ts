import { type ModelUse, modelUses } from "@/runtime/node/model-use";
import { type FailureContext, protocolFailure, quote } from "./endpoint-failure";

export interface ModelDescription {
  readonly name: string;
  /** Longest context in tokens, where the server says (vLLM, SGLang, OpenRouter). */
  readonly contextTokens: number | null;
  /** `owned_by`: often the server's software. */
  readonly owner: string | null;
  /** What it is for, where the server says; null where it does not. */
  readonly uses: readonly ModelUse[] | null;
  /** How good it is, in the server's own word ("demo", "composite"), where it says. */
  readonly grade: string | null;
  /** US dollars per million tokens, where the server says (OpenRouter). */
  readonly price: {
    readonly inputUsdPerM: number;
    readonly outputUsdPerM: number;
    readonly cachedInputUsdPerM: number | null;
  } | null;
}

export const maxListedModels = 5_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const firstString = (record: Record<string, unknown>, keys: readonly string[]): string | null => {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
};

const firstCount = (record: Record<string, unknown>, keys: readonly string[]): number | null => {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  }
  return null;
};

/** `{ data: [{ id }] }`, or the forms of servers that meant it: `{ models: [{ name }] }`, a bare list, plain strings. */
export const readModels = (answer: unknown, context: FailureContext): readonly ModelDescription[] => {
  const list = Array.isArray(answer)
    ? answer
    : isRecord(answer)
      ? Array.isArray(answer.data)
        ? answer.data
        : answer.models
      : undefined;
  if (isRecord(answer) && answer.object === "list" && answer.data === null) return []; // Ollama without models.
  if (!Array.isArray(list)) {
    const seen = isRecord(answer) ? Object.keys(answer).slice(0, 5).join(", ") : typeof answer;
    throw protocolFailure(`sent no list of models (it holds ${quote(seen || "nothing", context)})`, context);
  }
  const models = new Map<string, ModelDescription>();
  for (const item of list.slice(0, maxListedModels)) {
    const record: Record<string, unknown> = isRecord(item) ? item : { id: item };
    const name = firstString(record, ["id", "name", "model"]);
    if (name === null || name.length > 200) continue;
    const own = isRecord(record.pipewright) ? record.pipewright : {};
    models.set(name, {
      name,
      contextTokens:
        firstCount(record, ["max_model_len", "context_length", "context_window", "max_context_length"]) ??
        firstCount(own, ["contextTokens"]),
      owner: firstString(record, ["owned_by"])?.slice(0, 100) ?? null,
      uses: readUses(record.capabilities) ?? readUses(own.capabilities) ?? readUses([own.task]),
      grade: firstString(record, ["grade"])?.slice(0, 40) ?? firstString(own, ["grade"])?.slice(0, 40) ?? null,
      price: readPrice(record.pricing),
    });
  }
  return [...models.values()];
};

/** Words that are none of ours are passed over; a list that holds no other says nothing. */
const readUses = (value: unknown): readonly ModelUse[] | null => {
  const uses = Array.isArray(value) ? modelUses.filter((use) => value.includes(use)) : [];
  return uses.length > 0 ? uses : null;
};

/** OpenRouter's form: dollars a token, as decimal text. */
const readPrice = (pricing: unknown): ModelDescription["price"] => {
  if (!isRecord(pricing)) return null;
  const perMillion = (value: unknown) =>
    typeof value === "string" && value.trim() !== "" ? Math.round(Number(value) * 1e12) / 1e6 : Number.NaN;
  const [inputUsdPerM, outputUsdPerM] = [perMillion(pricing.prompt), perMillion(pricing.completion)];
  const cached = perMillion(pricing.input_cache_read);
  return inputUsdPerM >= 0 && outputUsdPerM >= 0
    ? { inputUsdPerM, outputUsdPerM, cachedInputUsdPerM: cached >= 0 ? cached : null }
    : null;
};
