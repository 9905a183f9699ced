import type { ImportedTable } from "@/runtime/table/import-table";
import type { TableOptions } from "@/runtime/table/table-options";
import { readTable, readTableToKeep, refuseTable, type TableSource } from "@/server/domain/table/table-source";
import type { Database } from "@/server/platform/db/database";
import { sheetLimits } from "./sheet-limits";

const gridLimits = {
  rows: sheetLimits.rows,
  columns: sheetLimits.columns,
  cellLength: sheetLimits.cellCharacters,
} as const;

const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();

/** The sheet as it was taken, within its bounds. `toKeep`: an encoding that is in doubt has to be chosen first. */
export const readSheet = async (
  database: Database,
  workspaceId: string,
  { source, options }: { readonly source: TableSource; readonly options: TableOptions },
  { toKeep }: { readonly toKeep: boolean },
): Promise<ImportedTable> => {
  const read = toKeep ? readTableToKeep : readTable;
  const table = await read(database, workspaceId, source, options, gridLimits);
  if (table.rows.length > sheetLimits.rows)
    throw refuseTable(
      `The sheet has ${table.rows.length} rows; at most ${sheetLimits.rows} are taken.`,
      "Part it into several.",
    );
  const cells = table.rows.length * table.columns.length;
  if (cells > sheetLimits.cells)
    throw refuseTable(
      `The sheet has ${cells} cells; at most ${sheetLimits.cells} are taken.`,
      "Take away columns that nobody needs, or part it.",
    );
  const rows = table.rows.map((row) => row.map(storable));
  const characters = rows.reduce((sum, row) => sum + row.reduce((all, cell) => all + cell.length, 0), 0);
  if (characters > sheetLimits.characters)
    throw refuseTable(
      `The sheet has ${characters} characters; at most ${sheetLimits.characters} are taken.`,
      "Part it into several.",
    );
  return { ...table, columns: table.columns.map(storable), rows };
};
