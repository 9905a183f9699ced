import { z } from "zod";
import type { Prisma } from "@/generated/prisma/client";
import { datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";
import { datasetLimits } from "./dataset-limits";
import { insertRows, refuseTooManyBytes } from "./insert-rows";
import { inputsHash, newRow, rowFields, withinColumns } from "./new-row";
import { columnsOf, rowOf } from "./row-of";

const rowIds = z.array(identifier).min(1).max(datasetLimits.rowsAtOnce);

/** Puts rows behind the last one; gives their ids. */
export const addRows = editorProcedure
  .input(z.strictObject({ id: identifier, rows: z.array(newRow).min(1).max(datasetLimits.rowsAtOnce) }))
  .mutation(async ({ ctx, input }) => ({
    ids: await insertRows(ctx.database, ctx.workspaceId, input.id, input.rows),
  }));

const updateInput = z.strictObject({
  id: identifier,
  rowId: identifier,
  /** The row's own revision as it was seen. */
  revision: z.int().min(1),
  /** Whole sides; what is left out stays. */
  inputs: rowFields.inputs.optional(),
  expected: rowFields.expected.optional(),
  tags: rowFields.tags.optional(),
  weight: rowFields.weight.optional(),
  split: rowFields.split.nullable().optional(),
  group: rowFields.group.optional(),
});

/** Changes one row. Refused where somebody else has changed it since: nothing of theirs is lost. */
export const updateRow = editorProcedure.input(updateInput).mutation(({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const { id, rowId, revision, inputs, expected, ...rest } = input;
  return changeDataset(database, workspaceId, id, async (prisma, dataset) => {
    const row = await prisma.datasetRow.findFirst({ where: { id: rowId, datasetId: id, workspaceId } });
    if (row === null) throw notFound("row");
    if (row.revision !== revision) {
      throw new ApplicationError("CONFLICT", "Somebody else has changed this row since you opened it.", {
        reason: "stale-revision",
        hint: "Look at it as it is now, then change it again.",
        conflict: { revision: row.revision, updatedAt: row.updatedAt },
      });
    }
    const columns = columnsOf(dataset);
    const given = {
      ...(inputs && { inputs: withinColumns(columns, "input", inputs) }),
      ...(expected && { expected: withinColumns(columns, "expected", expected) }),
    };
    await refuseTooManyBytes(prisma, id, JSON.stringify(given).length);
    const data: Prisma.DatasetRowUncheckedUpdateInput = {
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      ...(given.inputs && { inputs: given.inputs as Prisma.InputJsonObject, inputsHash: inputsHash(given.inputs) }),
      ...(given.expected && { expected: given.expected as Prisma.InputJsonObject }),
      revision: dataset.revision,
    };
    const updated = await prisma.datasetRow.update({ where: { id: rowId, workspaceId }, data });
    return { ...rowOf(updated), position: updated.position, revision: updated.revision, runId: updated.runId };
  });
});

/** Takes rows out; those that are gone already do not matter. */
export const removeRows = editorProcedure
  .input(z.strictObject({ id: identifier, rowIds }))
  .mutation(({ ctx: { database, workspaceId }, input: { id, rowIds: ids } }) =>
    changeDataset(database, workspaceId, id, async (prisma) => {
      const { count } = await prisma.datasetRow.deleteMany({ where: { datasetId: id, workspaceId, id: { in: ids } } });
      return { count };
    }),
  );

const markInput = z.strictObject({
  id: identifier,
  rowIds,
  addTags: rowFields.tags.optional(),
  removeTags: rowFields.tags.optional(),
  split: z.enum(datasetSplits).nullable().optional(),
  weight: rowFields.weight.optional(),
});

/** Sets tags, split or weight of many rows at once. */
export const markRows = editorProcedure.input(markInput).mutation(({ ctx: { database, workspaceId }, input }) => {
  const { id, rowIds: ids, addTags = [], removeTags = [], split, weight } = input;
  return changeDataset(database, workspaceId, id, async (prisma, { revision }) => {
    const rows = await prisma.datasetRow.findMany({
      where: { datasetId: id, workspaceId, id: { in: ids } },
      select: { id: true, tags: true },
    });
    for (const row of rows) {
      const tags = [...new Set([...row.tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
      await prisma.datasetRow.update({
        where: { id: row.id, workspaceId },
        data: {
          tags: tags.slice(0, datasetLimits.tags),
          ...(split !== undefined && { split }),
          ...(weight !== undefined && { weight }),
          revision,
        },
      });
    }
    return { count: rows.length };
  });
});
