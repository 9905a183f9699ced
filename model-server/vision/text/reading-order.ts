/** Something read at a place, level in the picture. */
export interface PlacedText {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** In heights of a line. */
const PARAGRAPH_GAP = 0.9;
const COLUMN_GAP = 1.2;
/** Fewer pieces beside one another are a row of a table, not columns of text. */
const COLUMN_LINES = 3;

/**
 * Lines from top to bottom, as a person reads them: blocks one below the other, inside a block column by column, inside a column
 * row by row; pieces in one row are one line.
 */
export function readingOrder(pieces: readonly PlacedText[]): string[] {
  if (pieces.length === 0) return [];
  const height = median(pieces.map(({ top, bottom }) => bottom - top));
  return order(pieces, height);
}

function order(pieces: readonly PlacedText[], height: number): string[] {
  const blocks = splitAtGaps(pieces, ({ top, bottom }) => [top, bottom], PARAGRAPH_GAP * height);
  if (blocks.length > 1) return blocks.flatMap((block) => order(block, height));
  const columns = splitAtGaps(pieces, ({ left, right }) => [left, right], COLUMN_GAP * height);
  if (columns.length > 1 && columns.every((column) => column.length >= COLUMN_LINES))
    return columns.flatMap((column) => order(column, height));
  return rows(pieces).map((row) => row.map(({ text }) => text).join(" "));
}

/** Parts with more than `gap` of nothing between them, in order. */
function splitAtGaps(
  pieces: readonly PlacedText[],
  extent: (piece: PlacedText) => readonly [number, number],
  gap: number,
): PlacedText[][] {
  const sorted = [...pieces].sort((left, right) => extent(left)[0] - extent(right)[0]);
  const parts: PlacedText[][] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const piece of sorted) {
    const [from, to] = extent(piece);
    if (from - reached > gap) parts.push([]);
    parts.at(-1)?.push(piece);
    reached = Math.max(reached, to);
  }
  return parts;
}

/** Pieces whose middles are at one height, each row from left to right. */
function rows(pieces: readonly PlacedText[]): PlacedText[][] {
  const middle = ({ top, bottom }: PlacedText) => (top + bottom) / 2;
  const found: PlacedText[][] = [];
  for (const piece of [...pieces].sort((left, right) => middle(left) - middle(right))) {
    const row = found.at(-1);
    const first = row?.[0];
    if (row && first && middle(piece) < first.bottom - (first.bottom - first.top) * 0.25) row.push(piece);
    else found.push([piece]);
  }
  for (const row of found) row.sort((left, right) => left.left - right.left);
  return found;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
