interface Place {
  /** From 0. */
  readonly column: number;
  /** From 1. */
  readonly line: number;
}

export interface MergedRange {
  readonly from: Place;
  readonly to: Place;
}

/** Cells that may be filled with the value of a merged one, all together. */
const most = 2_000_000;

/** Writes the value of each merged cell into all its places, for the rows that the sheet has. */
export function repeatMerged(
  rows: { cells: string[]; readonly line: number }[],
  merged: readonly MergedRange[],
  columns: number,
  count: (characters: number) => void,
): void {
  if (merged.length === 0) return;
  const places = new Map(rows.map(({ line }, place) => [line, place]));
  let filled = 0;
  for (const { from, to } of merged) {
    const place = places.get(from.line);
    const value = place === undefined ? undefined : rows[place]?.cells[from.column];
    if (place === undefined || value === undefined || value === "") continue;
    const last = Math.min(to.column, columns - 1);
    for (let at = place; at < rows.length && (rows[at]?.line ?? 0) <= to.line; at++) {
      const cells = rows[at]?.cells ?? [];
      for (let column = from.column; column <= last; column++) {
        if (filled++ > most) return;
        while (cells.length < column) cells.push("");
        if ((cells[column] ?? "") !== "") continue;
        cells[column] = value;
        count(value.length);
      }
    }
  }
}
