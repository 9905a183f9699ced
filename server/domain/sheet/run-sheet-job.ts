import type { Database } from "@/server/platform/db/database";
import { startJob } from "@/server/platform/job/start-job";
import { sheetJob } from "./sheet-job";

/** Hands out a job that runs what is open of a sheet. */
export const runSheetJob = async (
  database: Database,
  who: { readonly workspaceId: string; readonly userId: string | null },
  sheetId: string,
): Promise<void> => {
  const jobId = await startJob(database, {
    ...who,
    subject: `sheet:${sheetId}`,
    definition: sheetJob,
    input: { sheetId },
  });
  await database.prisma.sheet.updateMany({
    where: { id: sheetId, workspaceId: who.workspaceId },
    data: { jobId, endedAt: null },
  });
};
