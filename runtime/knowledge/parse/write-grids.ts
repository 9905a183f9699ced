import type { Grid, TableWarning } from "../../table/grid";
import { shapeTable } from "../../table/shape-table";
import { separateTables } from "../../table/table-reading";
import type { DocumentWriter } from "./document-writer";
import { parseLimits } from "./parse-limits";
import { type ReadAs, shownTables, type TableShape } from "./read-as";
import { type WriteTableOptions, writeTable } from "./write-table";

/** What a reader of tables keeps of a document. */
export const documentGridLimits = {
  rows: parseLimits.tableRows,
  columns: parseLimits.tableColumns,
  cellLength: parseLimits.cellLength,
} as const;

/** Tells the document what a reader of tables tells. */
export const tableWarnings =
  (writer: DocumentWriter) =>
  ({ code, message, line }: TableWarning): void =>
    writer.warn(code === "digits-lost" ? "table-cut" : code, message, line === undefined ? {} : { line });

/** Writes the tables of a file that is made of them, each sheet under its name, and notes how each was taken. */
export function writeGrids(
  writer: DocumentWriter,
  grids: readonly Grid[],
  corrections: ReadAs["tables"],
  options: WriteTableOptions & { readonly hasHeadings: boolean },
): void {
  const shapes: TableShape[] = [];
  let place = 0;
  for (const grid of grids) {
    if (options.hasHeadings && grid.name !== undefined) writer.heading(grid.name, 1);
    for (const table of separateTables([grid])) {
      const shaped = shapeTable(table, corrections?.[String(place)]);
      place++;
      if (shaped.isUnsure) {
        writer.warn("header-unsure", "Nothing tells whether the first row names the columns; it was taken so.", {
          line: table.rows[0]?.line ?? 1,
        });
      }
      const { name, layout, titleRows, headerRows, isUnsure, columns, rows } = shaped;
      if (shapes.length < shownTables) {
        const about = { layout, titleRows, headerRows, isUnsure, columns: columns.slice(0, 12), rowCount: rows.length };
        shapes.push(name === undefined ? about : { name, ...about });
      }
      writeTable(writer, shaped, options);
    }
  }
  writer.note({ tables: shapes });
}
