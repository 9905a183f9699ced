import { z } from "zod";
import { Prisma } from "@/generated/prisma/client";
import { type DatasetRow, datasetSplits, rowSources } from "@/runtime/eval/contract/dataset-row";
import { literalPattern } from "@/server/platform/db/like-pattern";
import { identifier } from "@/server/platform/guard/identifier";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { datasetLimits } from "./dataset-limits";
import { findDataset } from "./find-dataset";
import { rowOf } from "./row-of";

const input = z.strictObject({
  id: identifier,
  query: z.string().trim().max(100).optional(),
  tag: z.string().max(datasetLimits.tagCharacters).optional(),
  split: z.enum(datasetSplits).optional(),
  source: z.enum(rowSources).optional(),
  /** Rows behind this position. */
  cursor: z.int().min(-1).nullish(),
  limit: z.int().min(1).max(datasetLimits.page).default(100),
});

export interface DatasetRowItem extends DatasetRow {
  readonly position: number;
  readonly revision: number;
  readonly runId: string | null;
}

export interface DatasetRowPage {
  readonly rows: readonly DatasetRowItem[];
  readonly next: number | null;
  /** Rows that fit. */
  readonly total: number;
}

/** A page of rows in order. `query` looks into all values. */
export const listRows = viewerProcedure.input(input).query(async ({ ctx, input: asked }): Promise<DatasetRowPage> => {
  const { database, workspaceId } = ctx;
  const { id, query, tag, split, source, cursor, limit } = asked;
  await findDataset(database, workspaceId, id);
  const conditions = [Prisma.sql`"datasetId" = ${id} AND "workspaceId" = ${workspaceId}`];
  if (tag !== undefined) conditions.push(Prisma.sql`${tag} = ANY("tags")`);
  if (split !== undefined) conditions.push(Prisma.sql`"split" = ${split}`);
  if (source !== undefined) conditions.push(Prisma.sql`"source" = ${source}`);
  if (query) {
    const like = `%${literalPattern(query)}%`;
    conditions.push(Prisma.sql`("inputs"::text ILIKE ${like} OR "expected"::text ILIKE ${like})`);
  }
  const where = Prisma.join(conditions, " AND ");
  const [counted] = await database.prisma.$queryRaw<[{ total: number }]>(
    Prisma.sql`SELECT count(*)::int AS total FROM "DatasetRow" WHERE ${where}`,
  );
  const ids = await database.prisma.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT "id" FROM "DatasetRow" WHERE ${where} AND "position" > ${cursor ?? -1} ORDER BY "position", "id" LIMIT ${limit + 1}`,
  );
  const rows = await database.prisma.datasetRow.findMany({
    where: { workspaceId, id: { in: ids.slice(0, limit).map((row) => row.id) } },
    orderBy: [{ position: "asc" }, { id: "asc" }],
  });
  return {
    rows: rows.map((row) => ({ ...rowOf(row), position: row.position, revision: row.revision, runId: row.runId })),
    next: ids.length > limit ? (rows.at(-1)?.position ?? null) : null,
    total: counted.total,
  };
});
