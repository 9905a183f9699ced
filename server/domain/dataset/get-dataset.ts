import { Prisma } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, type DatasetView } from "./dataset.types";
import { datasetItem } from "./dataset-item";
import { findDataset } from "./find-dataset";

/** Tags, and versions, that a view names: the most used, the newest. */
const most = 200;

export const datasetView = async (database: Database, workspaceId: string, id: string): Promise<DatasetView> => {
  const dataset = await findDataset(database, workspaceId, id);
  const { prisma } = database;
  const versions = await prisma.datasetVersion.findMany({
    where: { datasetId: id, workspaceId },
    orderBy: { number: "desc" },
    take: most,
    select: { id: true, number: true, contentHash: true, rowCount: true, createdAt: true, datasetRevision: true },
  });
  const versionCount = await prisma.datasetVersion.count({ where: { datasetId: id, workspaceId } });
  const tags = await prisma.$queryRaw<{ tag: string; rows: number }[]>(
    Prisma.sql`SELECT tag, count(*)::int AS rows FROM "DatasetRow", unnest("tags") AS tag
      WHERE "datasetId" = ${id} AND "workspaceId" = ${workspaceId} GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${most}`,
  );
  const splits = await prisma.datasetRow.groupBy({
    by: ["split"],
    where: { datasetId: id, workspaceId },
    _count: true,
  });
  return {
    ...datasetItem(dataset, versionCount),
    revision: dataset.revision,
    versions: versions.map(({ datasetRevision, ...version }) => ({
      ...version,
      current: datasetRevision === dataset.revision,
    })),
    frozen: versions.some(({ datasetRevision }) => datasetRevision === dataset.revision),
    tags,
    splits: Object.fromEntries(splits.flatMap(({ split, _count }) => (split === null ? [] : [[split, _count]]))),
  };
};

export const getDataset = viewerProcedure
  .input(byIdInput)
  .query(({ ctx, input }) => datasetView(ctx.database, ctx.workspaceId, input.id));
