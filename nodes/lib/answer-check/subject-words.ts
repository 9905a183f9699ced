/** Words that any question may have: what is asked for, not what it is asked of. */
const idle = new Set(
  (
    "什么 多少 多久 多长 多大 多远 多重 多高 怎么 怎样 如何 为什么 为何 为止 可以 需要 应该 必须 是否 能否 可否 哪个 哪些 哪里 哪儿 哪天 哪一 何时 时候 时间 几点 几天 几号 我们 你们 他们 她们 它们 大家 自己 这个 那个 这些 那些 " +
    "现在 目前 一个 一下 没有 还是 或者 如果 是不是 能不能 可不可以 要不要 最多 最少 至少 最长 最短 一共 总共 之内 以内 之后 以后 之前 以前 代表 表示 意思 含义 原因 请问 告诉 知道 多少钱 怎么办 什么样 什么时候"
  ).split(" "),
);
const longest = 2_000;
const mostWords = 50;

/** Code points of a text that are Chinese, and so many of them that the text is. */
const han = /\p{Script=Han}/gu;
const leastHan = 4;

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** What a Chinese question is about: its words of two characters and more, codes and names in Latin letters among them. */
const subjectOf = (question: string): readonly string[] =>
  [...segmenter.segment(question.normalize("NFKC").slice(0, longest))]
    .filter(
      ({ segment, isWordLike }) =>
        isWordLike === true && /^(?:\p{Script=Han}{2,}|[\p{Script=Latin}\d]{2,})$/u.test(segment) && !idle.has(segment),
    )
    .slice(0, mostWords)
    .map(({ segment }) => segment.toLowerCase());

/** A number, or a code or name in Latin letters: no other word says the same. */
export const isCode = (word: string): boolean => !/\p{Script=Han}/u.test(word);

/** Whether a source has a word or, as 报销 of 报销单, two neighbouring characters of it. */
const isIn = (source: string, word: string): boolean => {
  if (isCode(word)) return source.includes(word);
  for (let place = 0; place + 2 <= word.length; place += 1)
    if (source.includes(word.slice(place, place + 2))) return true;
  return false;
};

/**
 * What a Chinese question is about, where a Chinese source has not one word of it: it speaks of something else, however alike a sentence of it looks ("4200 元" of the rent, asked for the hotel). Chinese
 * words have one form, so that they can be looked for as they stand; of other languages, and of a source in another, nothing is said.
 */
export const unknownSubject = (question: string): ((source: string) => readonly string[]) => {
  const isChinese = (question.match(han)?.length ?? 0) >= 2;
  const words = isChinese ? subjectOf(question) : [];
  return (given) => {
    if (words.length === 0) return [];
    const source = given.normalize("NFKC").toLowerCase();
    if ((source.match(han)?.length ?? 0) < leastHan) return [];
    return words.some((word) => isIn(source, word)) ? [] : words;
  };
};
