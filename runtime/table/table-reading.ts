import type { EncodingGuess } from "../text-source/encoding-guess";
import { filled, type Grid, type TableWarning } from "./grid";
import { type ShapedTable, shapeTable } from "./shape-table";
import { splitGrid } from "./split-grid";
import type { Separator, TableOptions } from "./table-options";

export const tableFormats = ["csv", "tsv", "json", "jsonl", "markdown", "html", "docx", "xlsx"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** All tables of a file or a text, with how it was taken. */
export interface TableReading {
  readonly format: TableFormat;
  readonly grids: readonly Grid[];
  readonly warnings: readonly TableWarning[];
  /** Of text. */
  readonly encoding?: EncodingGuess;
  readonly separator?: Separator;
}

export interface ChosenTable {
  readonly table: ShapedTable;
  /** Its place among `choices`. */
  readonly index: number;
  /** All tables that there are, to choose from. */
  readonly choices: readonly { readonly name: string; readonly rows: number }[];
}

/** Sheets as the tables that stand on them. */
export const separateTables = (grids: readonly Grid[]): Grid[] => grids.flatMap(splitGrid);

const rowsOf = ({ rows }: Grid): number => rows.filter(({ cells }) => cells.some(filled)).length;

/** The table that was asked for, or the first that is more than a note. Undefined where there is none. */
export function chooseTable(grids: readonly Grid[], options: TableOptions): ChosenTable | undefined {
  const tables = separateTables(grids);
  const real = tables.findIndex((grid) => rowsOf(grid) > 1);
  const index = Math.min(options.table ?? Math.max(0, real), tables.length - 1);
  const grid = tables[index];
  if (grid === undefined) return undefined;
  const choices = tables.map((each, place) => ({ name: each.name ?? String(place + 1), rows: rowsOf(each) }));
  return { table: shapeTable(grid, options), index, choices };
}
