import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findSheet, partsOf } from "./find-sheet";
import { type RowOutcome, rowsInput, type SheetRowItem } from "./sheet.types";
import { failedOutcomes } from "./write-sheet-row";

interface Row {
  readonly row: number;
  readonly cells: string;
  readonly outcome: RowOutcome | null;
  readonly outputs: string;
  readonly reply: ReplyOutcome | null;
  readonly runId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Characters of a cell and of an answer in a list. */
const longestCell = 200;
const longestAnswer = 400;

const shown = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** A page of rows that have ended, in the order of the file; or of those among them that failed. */
export const sheetRows = viewerProcedure
  .input(rowsInput)
  .query(async ({ ctx, input }): Promise<{ items: SheetRowItem[]; next: number | null }> => {
    const { database, workspaceId } = ctx;
    const sheet = await findSheet(database, workspaceId, input.id);
    const { mapping } = partsOf(sheet);
    const which = input.show === "failed" ? `"outcome" IN (${failedOutcomes})` : `"outcome" IS NOT NULL`;
    const rows = await database.query<Row>(
      `SELECT "row", "cells", "outcome", "outputs", "reply", "runId", "errorCode", "errorMessage" FROM "SheetRow"
       WHERE "sheetId" = $1 AND "row" > $2 AND ${which} ORDER BY "row" LIMIT $3`,
      [sheet.id, input.after, input.limit + 1],
    );
    const items = rows.slice(0, input.limit).map(({ cells, outputs, ...row }): SheetRowItem => {
      const values = JSON.parse(cells) as readonly string[];
      const answers = JSON.parse(outputs) as Readonly<Record<string, unknown>>;
      return {
        ...row,
        asked: Object.entries(mapping).map(([name, place]) => ({
          input: name,
          text: (values[place] ?? "").slice(0, longestCell),
        })),
        answer: Object.values(answers).map(shown).join(" · ").slice(0, longestAnswer).toWellFormed(),
      };
    });
    return { items, next: rows.length > input.limit ? (items.at(-1)?.row ?? null) : null };
  });
