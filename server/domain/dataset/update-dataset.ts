import { z } from "zod";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";
import { createInput } from "./dataset.types";
import { columnsInput } from "./dataset-columns";
import { findDataset } from "./find-dataset";

const input = z.strictObject({
  id: identifier,
  name: createInput.shape.name.optional(),
  description: createInput.shape.description.removeDefault().optional(),
  /** All of them, in order. Values of a column that is left out stay with the rows until they are next changed. */
  columns: columnsInput.optional(),
});

export const updateDataset = editorProcedure.input(input).mutation(async ({ ctx, input: { id, columns, ...rest } }) => {
  const { database, workspaceId, member } = ctx;
  const data = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  if (columns !== undefined)
    await changeDataset(database, workspaceId, id, (prisma) =>
      prisma.dataset.updateMany({ where: { id, workspaceId }, data: { ...data, columns: columns as object[] } }),
    );
  else {
    await findDataset(database, workspaceId, id);
    await database.prisma.dataset.updateMany({ where: { id, workspaceId }, data });
  }
  await recordAudit(database, { member, action: "dataset.update", subject: `dataset:${id}` });
  return { id };
});

/** Deletes a dataset with its rows, versions and the experiments that ran on them. Refused while a gate asks for it. */
export const removeDataset = editorProcedure
  .input(z.strictObject({ id: identifier }))
  .mutation(async ({ ctx, input: { id } }) => {
    const { database, workspaceId, member } = ctx;
    const { name } = await findDataset(database, workspaceId, id);
    const gate = await database.prisma.gate.findFirst({
      where: { datasetId: id, workspaceId },
      select: { pipeline: { select: { name: true } } },
    });
    if (gate !== null) {
      throw new ApplicationError("CONFLICT", `The gate of "${gate.pipeline.name}" asks for this dataset.`, {
        reason: "in-use",
        hint: "Choose another dataset in the gate, or remove the gate.",
      });
    }
    const { prisma } = database;
    await prisma.$transaction(async (transaction) => {
      await transaction.dataset.deleteMany({ where: { id, workspaceId } });
      await recordAudit(
        { prisma: transaction },
        { member, action: "dataset.remove", subject: `dataset:${id}`, data: { name } },
      );
    });
    return { id };
  });
