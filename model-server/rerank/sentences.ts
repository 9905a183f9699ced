/** Sentences are matched one by one; a document has at most this many, the rest of it counting as part of the last ones. */
export const MAX_SENTENCES = 24;
const SHORTEST = 12;
const LONGEST = 400;

const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** The sentences of a text, short ones joined to their neighbour and long ones cut. At most `MAX_SENTENCES` pieces. */
export function sentences(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const sentence = segment.replace(/\s+/g, " ").trim();
    if (!sentence) continue;
    const last = pieces.at(-1);
    if (last !== undefined && (last.length < SHORTEST || sentence.length < SHORTEST))
      pieces[pieces.length - 1] = `${last} ${sentence}`;
    else pieces.push(sentence);
  }
  const short = pieces.flatMap((piece) => cut(piece, LONGEST));
  if (short.length <= MAX_SENTENCES) return short;
  const each = Math.ceil(short.length / MAX_SENTENCES);
  return Array.from({ length: Math.ceil(short.length / each) }, (_, index) =>
    short.slice(index * each, (index + 1) * each).join(" "),
  );
}

const cut = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
