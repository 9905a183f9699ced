import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { stopJobOf } from "@/server/platform/job/stop-job-of";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./experiment.types";
import { findExperiment } from "./find-experiment";

/** Deletes an experiment with its answers; one under way is stopped first. Its runs stay in the list of runs. */
export const removeExperiment = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const { name, jobId } = await findExperiment(database, workspaceId, id);
  // A gate takes the first answers that it has seen. Were they deleted, a version that failed could try its luck again.
  const check = await prisma.gateCheck.findFirst({ where: { workspaceId, experimentId: id }, select: { id: true } });
  if (check !== null) {
    throw new ApplicationError("CONFLICT", "A gate rests on this experiment.", {
      reason: "in-use",
      hint: "Remove the gate in the Publish dialog of its pipeline first.",
    });
  }
  await stopJobOf(database, workspaceId, jobId);
  await prisma.$transaction(async (transaction) => {
    await transaction.experiment.deleteMany({ where: { id, workspaceId } });
    await recordAudit(
      { prisma: transaction },
      { member, action: "experiment.remove", subject: `experiment:${id}`, data: { name } },
    );
  });
  return { id };
});
