import type { Table, TableRow } from "../parse/parsed-document";

const limits = { value: 60, characters: 150 } as const;

interface PlacedRow {
  readonly row: TableRow;
  readonly columns: readonly string[];
}

/**
 * What a passage that begins within a row of a table is a part of: "Clause: 4 | Text: …", the short cells before it and the column that it goes on with.
 * undefined where it begins anywhere else. To be asked in the order of the text.
 */
export function createRowContext(tables: readonly Table[]): (start: number) => string | undefined {
  const rows = tables
    .flatMap(({ columns, rows: own }) => own.map((row): PlacedRow => ({ row, columns })))
    .sort((one, other) => one.row.start - other.row.start);
  let next = 0;
  return (start) => {
    while (next < rows.length && (rows[next] as PlacedRow).row.end <= start) next++;
    const placed = rows[next];
    return placed !== undefined && placed.row.start < start ? contextOf(placed, start) : undefined;
  };
}

function contextOf({ row, columns }: PlacedRow, start: number): string | undefined {
  const said: string[] = [];
  let at = row.start;
  for (const [place, value] of row.values.entries()) {
    const name = columns[place];
    if (value === "" || name === undefined) continue;
    const end = at + name.length + 2 + value.length;
    if (end > start) {
      said.push(`${name}: …`);
      break;
    }
    if (value.length <= limits.value) said.push(`${name}: ${value}`);
    at = end + 3;
  }
  // The column that it goes on with is worth more than those before it.
  while (said.length > 1 && said.join(" | ").length > limits.characters) said.shift();
  const context = said.join(" | ").slice(0, limits.characters);
  return context === "" ? undefined : context.toWellFormed();
}
