/** A piece of the text, as offsets in UTF-16 code units. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** The text is embedded once for each: this many calls' worth of work at most. */
export const mostSegments = 32;

/**
 * The text in words (Chinese by the words that ICU knows), several together where there are more than `most`. Segments touch no punctuation, do
 * not overlap and are in order.
 */
export const segmentsOf = (text: string, most = mostSegments): Segment[] => {
  const words: Segment[] = [];
  for (const { index, segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text))
    if (isWordLike) words.push({ start: index, end: index + segment.length });
  const size = Math.ceil(words.length / most) || 1;
  const joined: Segment[] = [];
  for (let at = 0; at < words.length; at += size) {
    const last = words[Math.min(at + size, words.length) - 1];
    joined.push({ start: words[at]?.start ?? 0, end: last?.end ?? 0 });
  }
  return joined;
};

/** The text without each segment in turn: what the model says of it shows what the segment did. Zeiler & Fergus, ECCV 2014 (https://arxiv.org/abs/1311.2901). */
export const occlusions = (text: string, segments: readonly Segment[]): string[] =>
  segments.map(({ start, end }) => `${text.slice(0, start)}${text.slice(end)}`.replace(/\s+/g, " ").trim() || " ");

export interface Influence extends Segment {
  readonly words: string;
  /**
   * By how much the label's log-odds fall when the segment goes; below 0 where it spoke against the label. Odds, since a probability near 1 hardly moves
   * whatever goes.
   */
  readonly weight: number;
}

export const influences = (
  text: string,
  segments: readonly Segment[],
  whole: number,
  without: readonly number[],
): Influence[] =>
  segments.map((segment, index) => ({
    ...segment,
    words: text.slice(segment.start, segment.end),
    weight: logOdds(whole) - logOdds(without[index] ?? whole),
  }));

const logOdds = (probability: number): number => {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(kept / (1 - kept));
};
