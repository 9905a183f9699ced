import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { CellRun } from "@/server/domain/experiment/run-cell";
import { runChunks, runParameterCount, runParameters, runParts } from "@/server/domain/run/write-runs";
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

/** A parameter behind those of the runs. */
const own = (place: number): string => `$${runParameterCount + place}`;

/** One statement: the run with its log, the row, and the count: after a crash a row is there with its run, or neither is. A row that is done stays as it is. */
const statement = `
WITH ${runParts}, "chunks" AS (${runChunks}), "row" AS (
  UPDATE "SheetRow" SET "outcome" = ${own(3)}, "outputs" = ${own(4)}, "reply" = ${own(5)}, "runId" = ${own(6)}, "errorCode" = ${own(7)}, "errorMessage" = ${own(8)}
  WHERE "sheetId" = ${own(1)} AND "row" = ${own(2)} AND "outcome" IS NULL RETURNING "outcome"
)
UPDATE "Sheet" SET "rowsDone" = "rowsDone" + (SELECT count(*) FROM "row"),
  "unanswered" = "unanswered" + (SELECT count(*) FROM "row" WHERE "outcome" IN (${failedOutcomes})),
  "spentMicroUsd" = "spentMicroUsd" + ${own(9)}::bigint, "uncostedRuns" = "uncostedRuns" + ${own(10)}::int
WHERE "id" = ${own(1)}`;

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
