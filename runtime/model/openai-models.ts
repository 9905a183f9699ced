import { type ModelUse, modelUses } from "@/runtime/node/model-use";
import { isRecord } from "@/runtime/node/record";
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

/** A list of models as far as it was read. */
export interface ListedModels {
  readonly models: readonly ModelDescription[];
  /** So many were left out: their names are longer than a reference can be. */
  readonly tooLong: number;
}

/** One page of a list. */
export interface ModelsPage extends ListedModels {
  /** Parameters of the request for the next page; null where this is the last. */
  readonly next: Readonly<Record<string, string>> | null;
}

const longestName = 200;
/** Pages of one list that are asked for. */
const mostPages = 100;

/** Follows the pages of a list, up to `maxListedModels`; a page that brings nothing new is the last. */
export const allModels = async (
  page: (next: Readonly<Record<string, string>>) => Promise<ModelsPage>,
): Promise<ListedModels> => {
  const models = new Map<string, ModelDescription>();
  let tooLong = 0;
  let next: ModelsPage["next"] = {};
  for (let pages = 0; next !== null && pages < mostPages && models.size < maxListedModels; pages += 1) {
    const found: ModelsPage = await page(next);
    const before = models.size + tooLong;
    for (const model of found.models) if (models.size < maxListedModels) models.set(model.name, model);
    tooLong += found.tooLong;
    next = models.size + tooLong > before ? found.next : null;
  }
  return { models: [...models.values()], tooLong };
};

/** Where the list goes on: `{ has_more, last_id }` (OpenAI's other lists, Anthropic), `{ next }` as an address, `{ next_page_token }`, `{ nextPageToken }`. */
const nextPage = (answer: unknown, last: string | undefined): ModelsPage["next"] => {
  if (!isRecord(answer)) return null;
  for (const [field, parameter] of [
    ["next_page_token", "page_token"],
    ["nextPageToken", "pageToken"],
    ["next_cursor", "cursor"],
  ] as const) {
    const token = answer[field];
    if (typeof token === "string" && token !== "" && token.length <= 2_000) return { [parameter]: token };
  }
  const address = typeof answer.next === "string" && answer.next.length <= 2_000 ? answer.next : "";
  if (address !== "") {
    // Only what it asks for is taken of the address, never where: the key goes nowhere else.
    const search = address.includes("?") ? address.slice(address.indexOf("?")) : "";
    const parameters = Object.fromEntries([...new URLSearchParams(search)].slice(0, 20));
    return Object.keys(parameters).length > 0 ? parameters : { after: address };
  }
  const after = firstString(answer, ["last_id"]) ?? last;
  return answer.has_more === true && after !== undefined ? { after } : null;
};

/** `{ data: [{ id }] }`, or the forms of servers that meant it: `{ models: [{ name }] }`, a bare list, plain strings. */
export const readModels = (answer: unknown, context: FailureContext): ModelsPage => {
  const list = Array.isArray(answer)
    ? answer
    : isRecord(answer)
      ? Array.isArray(answer.data)
        ? answer.data
        : answer.models
      : undefined;
  if (isRecord(answer) && answer.object === "list" && answer.data === null)
    return { models: [], tooLong: 0, next: null }; // Ollama without models.
  if (!Array.isArray(list)) {
    const seen = isRecord(answer) ? Object.keys(answer).slice(0, 5).join(", ") : typeof answer;
    throw protocolFailure(`sent no list of models (it holds ${quote(seen || "nothing", context)})`, context);
  }
  const models = new Map<string, ModelDescription>();
  let tooLong = 0;
  let last: string | undefined;
  for (const item of list.slice(0, maxListedModels)) {
    const record: Record<string, unknown> = isRecord(item) ? item : { id: item };
    const name = firstString(record, ["id", "name", "model"]);
    if (name === null) continue;
    last = name;
    if (name.length > longestName) {
      tooLong += 1;
      continue;
    }
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
  return { models: [...models.values()], tooLong, next: nextPage(answer, last) };
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
