import type { Piece } from "./text-pieces";

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A run of text that looks alike. */
export interface Span {
  /** In the document. */
  readonly at: number;
  readonly text: string;
  /** Belongs to the passage that a citation names. */
  readonly cited: boolean;
  /** Two chunks share it. */
  readonly shared: boolean;
  /** Numbers (from 1) of the chunks that begin here. */
  readonly begins: readonly number[];
}

export type Block =
  | { readonly kind: "page"; readonly at: number; readonly page: number }
  | {
      readonly kind: "line";
      readonly at: number;
      /** Of the heading that the line is; null for plain text. */
      readonly level: number | null;
      readonly spans: readonly Span[];
    };

export interface Marks {
  readonly pages: readonly { readonly start: number; readonly page: number }[];
  readonly headings: readonly { readonly start: number; readonly level: number }[];
  readonly cited: TextRange | null;
  /** In order; empty while their borders are not shown. `position` counts from 0. */
  readonly chunks: readonly (TextRange & { readonly position: number })[];
}

/** What lies in a sorted list from `start` up to `end`. */
export const within = <Item extends { readonly start: number }>(
  sorted: readonly Item[],
  start: number,
  end: number,
): readonly Item[] => sorted.slice(firstFrom(sorted, start), firstFrom(sorted, end));

const firstFrom = (sorted: readonly { readonly start: number }[], place: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A piece of a document as lines and page borders, with what is marked in them. */
export const layOutPiece = ({ start, end, text }: Piece, marks: Marks): readonly Block[] => {
  const pages = within(marks.pages, start, end);
  const headings = new Map(within(marks.headings, start, end).map((heading) => [heading.start, heading.level]));
  const chunks = marks.chunks.filter((chunk) => chunk.start < end && chunk.end > start);
  const blocks: Block[] = [];
  let nextPage = 0;
  const showPages = (upTo: number) => {
    for (let page = pages[nextPage]; page && page.start <= upTo; page = pages[++nextPage]) {
      blocks.push({ kind: "page", at: page.start, page: page.page });
    }
  };
  let from = start;
  const lines = text.split("\n");
  // The line break at a piece's end begins no line of this piece.
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    showPages(from);
    const to = from + line.length;
    blocks.push({
      kind: "line",
      at: from,
      level: headings.get(from) ?? null,
      spans: spansOf(line, from, marks.cited, chunks),
    });
    from = to + 1;
  }
  return blocks;
};

const spansOf = (line: string, from: number, cited: TextRange | null, chunks: Marks["chunks"]): readonly Span[] => {
  const to = from + line.length;
  const touching = chunks.filter((chunk) => chunk.start <= to && chunk.end > from);
  const cuts = new Set([from]);
  for (const { start, end } of [...(cited ? [cited] : []), ...touching]) {
    for (const place of [start, end]) if (place > from && place < to) cuts.add(place);
  }
  const places = [...cuts].sort((left, right) => left - right);
  return places.map((at, index) => {
    const end = places[index + 1] ?? to;
    return {
      at,
      text: line.slice(at - from, end - from),
      cited: cited !== null && cited.start <= at && cited.end >= end && cited.end > at && end > cited.start,
      shared: end > at && touching.filter((chunk) => chunk.start <= at && chunk.end >= end).length > 1,
      begins: touching.filter(({ start }) => start === at).map(({ position }) => position + 1),
    };
  });
};
