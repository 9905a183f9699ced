const segmenter = new Intl.Segmenter(["zh", "en"], { granularity: "word" });

/** Words that say little; everything else is weighed by how few documents have it. */
const common = new Set(
  (
    "a an and are as at be but by can do does for from has have how i in is it its me my of on or our that the their this to was " +
    "were what when where which who why will with you your 的 了 是 在 吗 呢 和 与 我 你 他 她 它 有 什么 怎么 怎样 如何 多少 几 吧 就 都 也 很"
  ).split(" "),
);

/** The words of a text in their plain form. Numbers are words too. */
export function words(text: string): Set<string> {
  const found = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(text.normalize("NFKC").toLowerCase()))
    if (isWordLike && !common.has(segment)) found.add(stem(segment));
  return found;
}

/** Just enough that "parcels" finds "parcel". */
const stem = (word: string) =>
  /^[a-z]{4,}$/.test(word) ? word.replace(/(?:ies)$/, "y").replace(/(?:es|s|ed|ing)$/, "") : word;

/** How much of the query's words each document has, 0 to 1. A word that few of the documents have counts more. */
export function rareWordOverlaps(query: string, documents: readonly string[]): number[] {
  const wanted = [...words(query)];
  const held = documents.map(words);
  const weights = wanted.map((word) => {
    const having = held.filter((one) => one.has(word)).length;
    return Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return documents.map(() => 0);
  return held.map(
    (one) => wanted.reduce((sum, word, index) => sum + (one.has(word) ? (weights[index] ?? 0) : 0), 0) / total,
  );
}
