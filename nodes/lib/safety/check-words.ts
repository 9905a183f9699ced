import type { Steps } from "@/runtime/node/steps";
import type { CheckConfig } from "./check-config";
import { type Finding, type Span, unite } from "./finding";
import { loadSimplifiedUnits } from "./simplified";
import { parseWordList } from "./word-list";
import { createWordScanner, type WordScanner } from "./word-scanner";
import { starterWords } from "./words/starter";

export interface WordSpan extends Span {
  readonly kind: string;
}

interface Scanners {
  readonly words: WordScanner;
  /** Category of each word of the scanner. */
  readonly categories: readonly string[];
  readonly names: WordScanner;
}

/** Building a scanner of a long list takes longer than scanning a book with it; the settings of a plan are one object in all its runs. */
const known = new WeakMap<CheckConfig, Scanners>();

export const scannersOf = async (config: CheckConfig): Promise<Scanners> => {
  const made = known.get(config);
  if (made !== undefined) return made;
  const categoryOf = new Map<string, string>();
  for (const word of parseWordList(config.words)) categoryOf.set(word, "list");
  for (const list of config.starterLists) {
    for (const category of config.starterCategories) {
      for (const word of starterWords[list][category]) if (!categoryOf.has(word)) categoryOf.set(word, category);
    }
  }
  const alike = { evasions: config.evasions, simplified: config.evasions ? await loadSimplifiedUnits() : null };
  const fresh = {
    words: createWordScanner([...categoryOf.keys()], alike),
    categories: [...categoryOf.values()],
    names: createWordScanner(parseWordList(config.names), alike),
  };
  known.set(config, fresh);
  return fresh;
};

export function* findWords(text: string, { words, categories }: Scanners): Steps<readonly WordSpan[]> {
  const found = yield* words.steps(text);
  const spans = found.map(({ start, end, word }) => ({ start, end, score: 1, kind: categories[word] ?? "list" }));
  yield;
  return unite(spans, ({ start }) => start);
}

export const wordFinding = ({ start, end, score, kind }: WordSpan): Finding => ({
  part: "word",
  kind,
  start,
  end,
  score,
});
