import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { type Segment, searchWords } from "@/runtime/knowledge/search/words";

// On globalThis because Next loads this module more than once in one process, and the dictionary takes 60 MB.
const shared: typeof globalThis & { pipewrightJieba?: Jieba } = globalThis;

/** jieba's words for search: the long ones, and the shorter ones inside them. The dictionary is read on first use (0.2 s). */
const segment: Segment = (run) => {
  shared.pipewrightJieba ??= Jieba.withDict(dict);
  return shared.pipewrightJieba.cutForSearch(run, true);
};

export const wordsOf = (text: string): readonly string[] => searchWords(text, segment);
