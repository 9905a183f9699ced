import { columnNames, joinHeads } from "./column-names";
import { filled, type Grid, type GridRow, isBlankRow } from "./grid";
import { guessHeader, type Layout } from "./guess-header";
import type { TableOptions } from "./table-options";

/** A table whose columns have names. */
export interface ShapedTable extends Layout {
  readonly name?: string;
  /** What stood above the header. */
  readonly title?: string;
  readonly columns: readonly string[];
  /** As many cells as the file has in the row: fewer or more than there are columns where the file is uneven. */
  readonly rows: readonly GridRow[];
}

type Correction = Pick<TableOptions, "titleRows" | "headerRows" | "layout">;

/** Tells title, names of columns and rows apart, as it was corrected or else as it seems. */
export function shapeTable(grid: Grid, given: Correction = {}): ShapedTable {
  const rows = grid.rows.filter((row) => !isBlankRow(row));
  const guessed: Layout =
    grid.headerRows === undefined
      ? guessHeader(rows)
      : { layout: "rows", titleRows: 0, headerRows: Math.min(grid.headerRows, rows.length), isUnsure: false };
  const layout = given.layout ?? (given.headerRows === undefined ? guessed.layout : "rows");
  const titleRows = Math.min(given.titleRows ?? guessed.titleRows, rows.length);
  const headerRows = layout === "pairs" ? 0 : Math.min(given.headerRows ?? guessed.headerRows, rows.length - titleRows);
  const isUnsure = guessed.isUnsure && given.headerRows === undefined && given.layout === undefined;
  const title = rows
    .slice(0, titleRows)
    .map(({ cells }) => [...new Set(cells.filter(filled).map((cell) => cell.trim()))].join(" "))
    .join("\n");
  const about = { ...(grid.name === undefined ? {} : { name: grid.name }), ...(title === "" ? {} : { title }) };
  if (layout === "pairs") return { ...about, ...pairs(rows.slice(titleRows)), layout, titleRows, headerRows, isUnsure };
  const heads = rows.slice(titleRows, titleRows + headerRows).map(({ cells }) => cells);
  const body = rows.slice(titleRows + headerRows);
  const columns = columnsOf(heads, body);
  return {
    ...about,
    layout,
    titleRows,
    headerRows,
    isUnsure,
    columns: columnNames(heads.length > 1 ? joinHeads(heads, columns) : (heads[0] ?? []), columns),
    rows: body,
  };
}

/** Of the header where there is one, without the blank cells at its end that no row fills. */
function columnsOf(heads: readonly (readonly string[])[], body: readonly GridRow[]): number {
  const last = (cells: readonly string[]) => cells.findLastIndex(filled) + 1;
  const named = Math.max(0, ...heads.map(last));
  const most = body.reduce((widest, { cells }) => Math.max(widest, last(cells)), 0);
  const given = Math.max(0, ...heads.map(({ length }) => length));
  return heads.length === 0 ? most : Math.max(named, Math.min(given, most));
}

/** One record of all labels and values. */
function pairs(rows: readonly GridRow[]): Pick<ShapedTable, "columns" | "rows"> {
  const labels = rows.map(({ cells }) => (cells[0] ?? "").replace(/(?<!\s)\s*[:：]\s*$/, ""));
  const cells = rows.map((row) => row.cells.slice(1).filter(filled).join(" "));
  return {
    columns: columnNames(labels, labels.length),
    rows: rows.length === 0 ? [] : [{ cells, line: rows[0]?.line ?? 1 }],
  };
}
