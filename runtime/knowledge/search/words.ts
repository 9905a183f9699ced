import type { Steps } from "../../node/steps";

/** Cuts a run of Chinese characters into words, also into the shorter words inside a long one, so that either is found. */
export type Segment = (run: string) => readonly string[];

/** Runs of Chinese characters without the strokes that dictionaries sort them by, which are signs of their own, or of letters and digits of every other script. */
const run = /(?:(?!\p{S})\p{Script=Han})+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
const han = /^\p{Script=Han}/u;

/** Chinese function words: as common as "the", and as little told by them. English ones are left to PostgreSQL's own list. */
const chineseStopWords: ReadonlySet<string> = new Set(
  "的 了 是 在 和 与 及 或 也 都 就 而 但 于 由 从 到 对 对于 关于 以 为 因为 所以 被 把 让 使 将 这 那 这个 那个 这些 那些 此 其 他 她 它 他们 她们 它们 我 你 您 我们 你们 吗 呢 吧 啊 着 过 地 得 之 者 什么 哪 哪个 哪些 哪里 哪儿 谁 怎么 怎样 怎么样 如何 为什么 为何 多少 几 何 何时 一个 一种 有 没有 不 很 更 最 会 能 可以 要 等 上 下 中 里 内 后 前".split(
    " ",
  ),
);

/** Chinese characters that are cut into words in one go: no sentence is as long, and the dictionary takes milliseconds for so many. */
const longestRun = 2_000;

function* wordsOfRun(found: string, segment: Segment): Generator<readonly string[], void, void> {
  for (let from = 0; from < found.length; ) {
    // Not within a pair of surrogates.
    const isHalf = (found.codePointAt(from + longestRun - 1) ?? 0) > 0xffff;
    const to = from + longestRun - (isHalf ? 1 : 0);
    yield segment(found.slice(from, to));
    from = to;
  }
}

/**
 * All words of a text in their order, each once, in one form of width and case, signs left out: for measures that compare texts word by word. Left after
 * each run of Chinese.
 */
export function* plainWords(text: string, segment: Segment): Steps<readonly string[]> {
  const words: string[] = [];
  for (const [found] of text.normalize("NFKC").toLowerCase().matchAll(run)) {
    if (!han.test(found)) words.push(found);
    else {
      for (const some of wordsOfRun(found, segment)) {
        for (const word of some) words.push(word);
        yield;
      }
    }
    if (words.length % 1_000 === 0) yield;
  }
  return words;
}

/** The longest word that is kept whole; what is longer is noise such as encoded data. */
const longestWord = 64;

/**
 * A text as words parted by spaces, ready for PostgreSQL's `to_tsvector('english', …)`: one form of width and case, Chinese cut into
 * words, signs left out. Stemming and English stop words are PostgreSQL's.
 */
export const searchWords = (text: string, segment: Segment): readonly string[] => {
  const words: string[] = [];
  for (const [found] of text.normalize("NFKC").toLowerCase().matchAll(run)) {
    const parts = han.test(found)
      ? [...wordsOfRun(found, segment)].flat().filter((word) => !chineseStopWords.has(word))
      : [found];
    for (const word of parts) if (word.length <= longestWord) words.push(word);
  }
  return words;
};
