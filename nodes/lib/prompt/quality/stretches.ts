/** A part of a text with where it stands, in UTF-16 units. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const stops = new Set([...".!?。！？\n"]);

/** Sentences and lines of a text, blanks around them left out. One pass; a point inside a number or a name ends nothing. */
export const sentencesIn = (text: string): readonly Stretch[] => {
  const found: Stretch[] = [];
  let from = 0;
  const cut = (to: number) => {
    const piece = text.slice(from, to);
    const trimmed = piece.trim();
    if (trimmed !== "") {
      const start = from + piece.indexOf(trimmed);
      found.push({ text: trimmed, start, end: start + trimmed.length });
    }
    from = to;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (!stops.has(sign)) continue;
    const next = text[at + 1];
    if (sign === "." && next !== undefined && !/\s/u.test(next)) continue;
    cut(at + 1);
  }
  cut(text.length);
  return found;
};
