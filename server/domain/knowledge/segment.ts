import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { plainWords, type Segment, searchWords } from "@/runtime/knowledge/search/words";
import { inTurns } from "@/runtime/node/steps";

// On globalThis because Next loads this module more than once in one process, and the dictionary takes 60 MB.
const shared: typeof globalThis & { pipewrightJieba?: Jieba } = globalThis;

/** The dictionary is read on first use (0.2 s). */
const jieba = (): Jieba => {
  shared.pipewrightJieba ??= Jieba.withDict(dict);
  return shared.pipewrightJieba;
};

/** jieba's words for search: the long ones, and the shorter ones inside them. */
const segment: Segment = (run) => jieba().cutForSearch(run, true);

export const wordsOf = (text: string): readonly string[] => searchWords(text, segment);

/** Every word once, the common ones too: "可行" and "不可行" differ. */
export const plainWordsOf = (text: string): Promise<readonly string[]> =>
  inTurns(plainWords(text, (run) => jieba().cut(run, true)));
