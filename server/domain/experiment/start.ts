import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { startInput } from "./experiment.types";
import { prepareExperiment } from "./prepare-experiment";
import { beginExperiment } from "./start-experiment";

/** Freezes the draft of an experiment and runs it as a job. */
export const startExperiment = editorProcedure.input(startInput).mutation(async ({ ctx, input: { name, draft } }) => {
  const { database, workspaceId, member } = ctx;
  const prepared = await prepareExperiment(database, workspaceId, draft);
  const id = await beginExperiment(database, { workspaceId, userId: member.userId, name }, prepared);
  await recordAudit(database, {
    member,
    action: "experiment.start",
    subject: `experiment:${id}`,
    data: { name, cells: prepared.cells },
  });
  return { id };
});
