import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { stopJobOf } from "@/server/platform/job/stop-job-of";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findSheet } from "./find-sheet";
import { byIdInput } from "./sheet.types";

/** Deletes a sheet with its answers; one under way is stopped first. Its runs stay in the list of runs. */
export const removeSheet = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { name, jobId } = await findSheet(database, workspaceId, id);
  await stopJobOf(database, workspaceId, jobId);
  await database.prisma.$transaction(async (transaction) => {
    await transaction.sheet.deleteMany({ where: { id, workspaceId } });
    await recordAudit(
      { prisma: transaction },
      { member, action: "sheet.remove", subject: `sheet:${id}`, data: { name } },
    );
  });
  return { id };
});
