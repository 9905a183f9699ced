import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { CellRun } from "@/server/domain/experiment/run-cell";
import { runChunks, runParameters, runParts } from "@/server/domain/run/write-runs";
import type { Database } from "@/server/platform/db/database";
import type { RowOutcome } from "./sheet.types";

/** How a row ended, as it goes into the database. */
export interface WrittenSheetRow {
  readonly row: number;
  readonly outcome: RowOutcome;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly reply: ReplyOutcome | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** null where nothing was run. */
  readonly run: CellRun | null;
}

/** Outcomes that "run the failed ones again" takes up, as a list of SQL. */
export const failedOutcomes = `'failure', 'away', 'empty'`;

/** One statement: the run with its log, the row, and the count: after a crash a row is there with its run, or neither is. A row that is done stays as it is. */
const statement = `
WITH ${runParts}, "chunks" AS (${runChunks}), "row" AS (
  UPDATE "SheetRow" SET "outcome" = $10, "outputs" = $11, "reply" = $12, "runId" = $13, "errorCode" = $14, "errorMessage" = $15
  WHERE "sheetId" = $8 AND "row" = $9 AND "outcome" IS NULL RETURNING "outcome"
)
UPDATE "Sheet" SET "rowsDone" = "rowsDone" + (SELECT count(*) FROM "row"),
  "unanswered" = "unanswered" + (SELECT count(*) FROM "row" WHERE "outcome" IN (${failedOutcomes})),
  "spentMicroUsd" = "spentMicroUsd" + $16::bigint, "uncostedRuns" = "uncostedRuns" + $17::int
WHERE "id" = $8`;

const textOf = (value: string): string => value.replaceAll("\0", "").toWellFormed();

export const writeSheetRow = async (
  database: Database,
  sheetId: string,
  { row, outcome, outputs, reply, errorCode, errorMessage, run }: WrittenSheetRow,
): Promise<void> => {
  const runs = run === null ? [] : [{ run: run.identity, isNew: true, summary: run.summary, ...run.log }];
  await database.query(statement, [
    ...runParameters(runs),
    sheetId,
    row,
    outcome,
    textOf(JSON.stringify(outputs)),
    reply,
    run?.identity.id ?? null,
    errorCode,
    errorMessage === null ? null : textOf(errorMessage).slice(0, 1_000),
    Math.round(run?.summary.costMicroUsd ?? 0),
    run !== null && run.summary.costMicroUsd === null ? 1 : 0,
  ]);
};
