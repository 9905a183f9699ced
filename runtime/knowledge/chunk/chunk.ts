/** A passage of a document, the unit that is embedded and found. */
export interface Chunk {
  /** 0, 1, 2, … in the order of the text. */
  readonly position: number;
  /** Exactly the document's text from `start` to `end`, in UTF-16 code units, end exclusive. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** On which the passage begins, from 1. */
  readonly page?: number;
  /** The headings above it, outermost first, joined by " > "; of several sections in it, what they share and then the first three, parted by " · "; of one that begins within a row of a table, the row's short cells and the column. */
  readonly heading?: string;
  /** For a row of a table: its columns' values. */
  readonly metadata?: Readonly<Record<string, string>>;
}
