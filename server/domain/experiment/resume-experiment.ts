import { z } from "zod";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { hasEnded } from "@/server/platform/job/job.types";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { jobStatuses } from "./experiment-item";
import { findExperiment } from "./find-experiment";
import { reopenMissing } from "./missing-answers";
import { storedSpec } from "./ready-experiment";
import { runExperimentJob } from "./start-experiment";

const input = z.strictObject({
  id: identifier,
  /** In place of the budget it had; left out: the same. */
  budgetMicroUsd: z.int().min(0).nullable().optional(),
});

/** Goes on with an experiment that was cancelled, failed or ran out of budget: only what is missing is run. */
export const resumeExperiment = editorProcedure
  .input(input)
  .mutation(async ({ ctx, input: { id, budgetMicroUsd } }) => {
    const { database, workspaceId, member } = ctx;
    const experiment = await findExperiment(database, workspaceId, id);
    const statuses = await jobStatuses(database, workspaceId, [experiment]);
    const status = statuses.get(experiment.jobId ?? "") ?? "failure";
    if (!hasEnded(status)) {
      throw new ApplicationError("CONFLICT", "The experiment is under way.", { reason: "in-use" });
    }
    if (budgetMicroUsd !== undefined) {
      await database.prisma.experiment.updateMany({
        where: { id, workspaceId },
        data: { spec: { ...storedSpec(experiment.spec), budgetMicroUsd } },
      });
    }
    await reopenMissing(database, id);
    await runExperimentJob(database, { workspaceId, userId: member.userId }, id);
    await recordAudit(database, { member, action: "experiment.resume", subject: `experiment:${id}` });
    return { id };
  });
