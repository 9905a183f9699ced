export interface Piece {
  readonly text: string;
  /** UTF-16 code units of the whole text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

const sentenceEnd = /[。！？；\n]|[.!?](?=\s|$)/g;

/** The text in pieces of at most so many characters, cut behind sentences where there are any. Blank pieces are left out. */
export const piecesOf = (text: string, most: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + most >= text.length ? text.length : cutBefore(text, start, start + most);
    const piece = text.slice(start, end);
    if (piece.trim() !== "") pieces.push({ text: piece, start, end });
    start = end;
  }
  return pieces;
};

/** Sentences, each cut further where it is longer than `most`. */
export const sentencesOf = (text: string, most: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (to: number) => {
    for (const piece of piecesOf(text.slice(from, to), most)) {
      pieces.push({ text: piece.text, start: from + piece.start, end: from + piece.end });
    }
    from = to;
  };
  for (const { index } of text.matchAll(sentenceEnd)) add(index + 1);
  add(text.length);
  return pieces;
};

/** Behind the last sentence, else the last blank, of the second half of the stretch; never within a surrogate pair. */
const cutBefore = (text: string, start: number, end: number): number => {
  const half = start + Math.floor((end - start) / 2);
  const tail = text.slice(half, end);
  const last = [...tail.matchAll(sentenceEnd)].at(-1)?.index ?? tail.search(/\s\S*$/);
  if (last >= 0) return half + last + 1;
  return /[\ud800-\udbff]/.test(text[end - 1] ?? "") && end - start > 1 ? end - 1 : end;
};
