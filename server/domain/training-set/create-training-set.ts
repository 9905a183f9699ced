import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { readSource } from "./read-source";
import { createInput, trainingSetLimits } from "./training-set.types";
import { storeTrainingSet, trainingSetView } from "./training-set-row";

/** Reads labelled rows, checks them and keeps them; what could not be taken is counted, never silently lost. */
export const createTrainingSet = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  if ((await prisma.trainingSet.count({ where: { workspaceId } })) >= trainingSetLimits.sets) {
    throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${trainingSetLimits.sets} training sets.`, {
      reason: "limit-reached",
      hint: "Delete sets that nobody needs.",
    });
  }
  const { rows, leftOut } = await readSource(database, workspaceId, input.source, input.mapping, input.options);
  const columns = await storeTrainingSet(database, workspaceId, input.name, rows, leftOut);
  const row = await prisma.$transaction(async (transaction) => {
    const created = await transaction.trainingSet.create({ data: { workspaceId, name: input.name, ...columns } });
    await recordAudit(
      { prisma: transaction },
      {
        member,
        action: "training-set.create",
        subject: `training-set:${created.id}`,
        data: { name: input.name, rows: rows.length, source: input.source.kind },
      },
    );
    return created;
  });
  return trainingSetView(row);
});
