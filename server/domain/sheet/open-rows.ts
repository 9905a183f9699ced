import type { Database } from "@/server/platform/db/database";

export interface OpenRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const page = 100;

/** The rows of a sheet without an outcome, in their order, a page at a time. */
export async function* openRows(
  database: Pick<Database, "query">,
  sheetId: string,
): AsyncGenerator<OpenRow, undefined> {
  for (let after = -1; ; ) {
    const rows = await database.query<{ row: number; cells: string }>(
      `SELECT "row", "cells" FROM "SheetRow" WHERE "sheetId" = $1 AND "outcome" IS NULL AND "row" > $2 ORDER BY "row" LIMIT ${page}`,
      [sheetId, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
    for (const { row, cells } of rows) yield { row, cells: JSON.parse(cells) as string[] };
  }
}
