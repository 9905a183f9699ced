import { recordAudit } from "@/server/audit/record-audit";
import { liveJobsOf } from "@/server/job/live-jobs";
import { editorProcedure } from "@/server/trpc";
import { byIdInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";

/** Deletes an experiment with its answers; one under way is stopped first. Its runs stay in the list of runs. */
export const removeExperiment = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const { name, jobId } = await findExperiment(database, workspaceId, id);
  if (jobId !== null) {
    await prisma.job.updateMany({
      where: { id: jobId, workspaceId, status: { in: ["queued", "running"] } },
      data: { cancelRequestedAt: new Date() },
    });
    const live = liveJobsOf(database).get(jobId);
    live?.cancel();
    await live?.settled;
  }
  await prisma.$transaction(async (transaction) => {
    await transaction.experiment.deleteMany({ where: { id, workspaceId } });
    await recordAudit(
      { prisma: transaction },
      { member, action: "experiment.remove", subject: `experiment:${id}`, data: { name } },
    );
  });
  return { id };
});
