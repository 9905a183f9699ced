import type { ShapedTable } from "../../table/shape-table";
import type { DocumentWriter } from "./document-writer";
import { TableWriter } from "./table-writer";

export interface WriteTableOptions {
  readonly hasFullRows?: boolean;
  /** A table whose columns have no names stands with bars between its cells, as in a document, not with letters before them. */
  readonly isBare?: boolean;
}

/** Writes a table with its title above, row by row as `TableWriter` does. */
export function writeTable(writer: DocumentWriter, shaped: ShapedTable, options: WriteTableOptions = {}): void {
  const { name, title, columns, rows, headerRows, layout } = shaped;
  if (title !== undefined) writer.paragraph(title);
  const isUnnamed = headerRows === 0 && layout === "rows";
  const table = new TableWriter(writer, {
    name,
    columns,
    isUnnamed,
    isBare: isUnnamed && (options.isBare === true || columns.length === 1),
    hasFullRows: options.hasFullRows,
  });
  for (const { cells, line } of rows) if (!table.row(cells, line)) break;
  table.finish();
}
