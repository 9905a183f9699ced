import type { Dataset } from "@/generated/prisma/client";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { createInput } from "./dataset.types";
import { datasetLimits } from "./dataset-limits";

export interface NewDataset {
  readonly name: string;
  readonly description?: string;
  readonly columns: readonly DatasetColumn[];
  /** Key of the template supply that brings it. */
  readonly suppliedBy?: string;
}

/** A dataset without rows. Refuses one more than a workspace may have. */
export const makeDataset = async (
  { prisma }: { readonly prisma: Pick<Database["prisma"], "dataset"> },
  workspaceId: string,
  { name, description = "", columns, suppliedBy }: NewDataset,
): Promise<Dataset> => {
  if ((await prisma.dataset.count({ where: { workspaceId } })) >= datasetLimits.datasets) {
    throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${datasetLimits.datasets} datasets.`, {
      reason: "limit-reached",
      hint: "Delete datasets that nobody needs.",
    });
  }
  return prisma.dataset.create({
    data: {
      workspaceId,
      name,
      description,
      columns: columns as object[],
      ...(suppliedBy === undefined ? {} : { suppliedBy }),
    },
  });
};

export const createDataset = editorProcedure.input(createInput).mutation(({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  return database.prisma.$transaction(async (prisma) => {
    const { id } = await makeDataset({ prisma }, workspaceId, input);
    await recordAudit(
      { prisma },
      { member, action: "dataset.create", subject: `dataset:${id}`, data: { name: input.name } },
    );
    return { id };
  });
});
