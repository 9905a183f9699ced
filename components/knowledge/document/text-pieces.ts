/**
 * A long document is shown piece by piece. Pieces have a nominal size; each really begins after the first line break at or behind its nominal
 * place, so that no line is cut. Texts are asked for in parts of several pieces, with some more behind, in which the last piece's line ends.
 */
export const pieceSize = 4_000;
export const piecesOfPart = 10;
/** A line that goes on for longer than this is cut. */
export const reach = 2_000;

export const pieceCount = (textLength: number): number => Math.max(1, Math.ceil(textLength / pieceSize));
export const partOf = (piece: number): number => Math.floor(piece / piecesOfPart);

/** The range of the text that holds all pieces of a part. */
export const partRange = (part: number, textLength: number): { readonly from: number; readonly to: number } => {
  const from = part * piecesOfPart * pieceSize;
  return { from, to: Math.min(textLength, from + piecesOfPart * pieceSize + reach) };
};

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Where a piece really begins. `text` is the document's from `from` on, and holds the nominal place and `reach` characters behind it. */
const beginning = (piece: number, text: string, from: number, textLength: number): number => {
  const nominal = piece * pieceSize;
  if (piece === 0) return 0;
  if (nominal >= textLength) return textLength;
  // The break right before the nominal place counts: a line may begin there exactly.
  const at = nominal - from;
  const before = at > 0 ? at - 1 : at;
  const lineBreak = text.indexOf("\n", before);
  if (lineBreak >= 0 && lineBreak < at + reach - 1) return from + lineBreak + 1;
  if (textLength - nominal < reach && lineBreak < 0) return textLength;
  return isLowSurrogate(text.charCodeAt(at)) ? nominal + 1 : nominal;
};

export interface Piece {
  /** In the document, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Cuts a part as it came into its pieces. */
export const piecesIn = (part: number, text: string, textLength: number): readonly Piece[] => {
  const { from } = partRange(part, textLength);
  const first = part * piecesOfPart;
  const last = Math.min(pieceCount(textLength), first + piecesOfPart);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => {
    const start = beginning(first + index, text, from, textLength);
    const end =
      first + index + 1 >= pieceCount(textLength) ? textLength : beginning(first + index + 1, text, from, textLength);
    return { start, end, text: text.slice(start - from, end - from) };
  });
};

/** The piece that most likely shows a place: its nominal one. A place before a late beginning stands in the piece before. */
export const pieceAt = (place: number, textLength: number): number =>
  Math.max(0, Math.min(pieceCount(textLength) - 1, Math.floor(place / pieceSize)));
