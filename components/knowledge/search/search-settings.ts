import { type SearchWay, searchWays } from "../types";

/** What a search of the page asks for; part of its address, so that one comes back to it. */
export interface SearchSettings {
  readonly query: string;
  readonly way: SearchWay;
  readonly topK: number;
  /** 0 keeps everything. */
  readonly minimumScore: number;
  readonly rerank: boolean;
  /** All three ways side by side. */
  readonly compare: boolean;
  /** Labels that a passage's document must have. */
  readonly filter: Readonly<Record<string, string>>;
}

export const topKs = [3, 5, 10, 20, 50] as const;
const usual: SearchSettings = {
  query: "",
  way: "fused",
  topK: 5,
  minimumScore: 0,
  rerank: false,
  compare: false,
  filter: {},
};

const mostLabels = 20;
const readNumber = (text: string | null, least: number, most: number): number | null => {
  const value = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= least && value <= most ? value : null;
};

/** Reads an address; what makes no sense is left at what is usual. */
export const readSettings = (parameters: URLSearchParams): SearchSettings => {
  const labels = parameters
    .getAll("label")
    .slice(0, mostLabels)
    .flatMap((text): [string, string][] => {
      const at = text.indexOf("=");
      return at > 0 ? [[text.slice(0, at), text.slice(at + 1)]] : [];
    });
  return {
    query: (parameters.get("q") ?? "").slice(0, 2_000),
    way: searchWays.find((way) => way === parameters.get("way")) ?? usual.way,
    topK: Math.round(readNumber(parameters.get("k"), 1, 100) ?? usual.topK),
    minimumScore: readNumber(parameters.get("least"), 0, 1) ?? usual.minimumScore,
    rerank: parameters.get("rerank") === "1",
    compare: parameters.get("compare") === "1",
    filter: Object.fromEntries(labels),
  };
};

/** Writes them into an address; what is usual is left out. */
export const writeSettings = (settings: SearchSettings, parameters: URLSearchParams): void => {
  const { query, way, topK, minimumScore, rerank, compare, filter } = settings;
  const set = (name: string, value: string | null) =>
    value === null ? parameters.delete(name) : parameters.set(name, value);
  set("q", query === "" ? null : query);
  set("way", way === usual.way ? null : way);
  set("k", topK === usual.topK ? null : String(topK));
  set("least", minimumScore === 0 ? null : String(minimumScore));
  set("rerank", rerank ? "1" : null);
  set("compare", compare ? "1" : null);
  parameters.delete("label");
  for (const [key, value] of Object.entries(filter)) parameters.append("label", `${key}=${value}`);
};
