import { jobStatuses } from "@/server/domain/experiment/experiment-item";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { hasEnded } from "@/server/platform/job/job.types";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findSheet } from "./find-sheet";
import { runSheetJob } from "./run-sheet-job";
import { resumeInput } from "./sheet.types";
import { failedOutcomes } from "./write-sheet-row";

/** Goes on with a sheet that was stopped or failed: only rows that have no answer yet are run. `failed`: those that failed, too. */
export const resumeSheet = editorProcedure.input(resumeInput).mutation(async ({ ctx, input: { id, failed } }) => {
  const { database, workspaceId, member } = ctx;
  const sheet = await findSheet(database, workspaceId, id);
  const status = (await jobStatuses(database, workspaceId, [sheet])).get(sheet.jobId ?? "") ?? "failure";
  if (!hasEnded(status)) throw new ApplicationError("CONFLICT", "The sheet is under way.", { reason: "in-use" });
  const [opened] = await database.query<{ count: number }>(
    `WITH "opened" AS (
       UPDATE "SheetRow" SET "outcome" = NULL, "outputs" = '{}', "reply" = NULL, "runId" = NULL, "errorCode" = NULL, "errorMessage" = NULL
       WHERE "sheetId" = $1 AND "outcome" IN (${failed ? failedOutcomes : `'away'`}) RETURNING 1
     ), "counted" AS (
       UPDATE "Sheet" SET "rowsDone" = "rowsDone" - (SELECT count(*) FROM "opened"),
         "unanswered" = "unanswered" - (SELECT count(*) FROM "opened")
       WHERE "id" = $1
     )
     SELECT count(*)::int AS "count" FROM "opened"`,
    [id],
  );
  const open = sheet.rowsTotal - sheet.rowsDone + (opened?.count ?? 0);
  if (open === 0)
    throw new ApplicationError("BAD_REQUEST", "Every row of the sheet has an answer.", { reason: "input-invalid" });
  await runSheetJob(database, { workspaceId, userId: member.userId }, id);
  await recordAudit(database, {
    member,
    action: "sheet.resume",
    subject: `sheet:${id}`,
    data: { name: sheet.name, rows: open },
  });
  return { id, rows: open };
});
