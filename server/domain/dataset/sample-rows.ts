import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { identifier } from "@/server/platform/guard/identifier";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findDataset } from "./find-dataset";
import { rowOf } from "./row-of";

const input = z.strictObject({
  id: identifier,
  /** Expected column whose values are all to be among them, as far as they find room; null: over all rows alike. */
  by: z.string().max(evalLimits.columnNameCharacters).nullable(),
  /** The same seed gives the same rows for as long as the dataset is the same. */
  seed: z.int().min(0).max(2_147_483_647),
  limit: z.int().min(1).max(100),
});

/**
 * Rows from everywhere in a dataset: one of each expected value, then a second one of each, until there are enough; which of them, and which values where there are more
 * than rows asked for, the seed decides. Where every value is another one, that is a plain random sample.
 */
export const sampleRows = viewerProcedure.input(input).query(async ({ ctx, input: { id, by, seed, limit } }) => {
  const { database, workspaceId } = ctx;
  await findDataset(database, workspaceId, id);
  const drawn = await database.prisma.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (
      SELECT "id", "label", row_number() OVER (PARTITION BY "label" ORDER BY "draw") AS "turn" FROM (
        SELECT "id", coalesce("expected" ->> ${by ?? ""}, '') AS "label", md5(${String(seed)} || "id") AS "draw"
        FROM "DatasetRow" WHERE "datasetId" = ${id} AND "workspaceId" = ${workspaceId}
      ) AS "rows"
    ) AS "turns" ORDER BY "turn", md5(${String(seed)} || "label"), "id" LIMIT ${limit}`;
  const rows = await database.prisma.datasetRow.findMany({
    where: { workspaceId, id: { in: drawn.map((row) => row.id) } },
  });
  const byId = new Map(rows.map((row) => [row.id, rowOf(row)]));
  return { rows: drawn.flatMap((row) => byId.get(row.id) ?? []) };
});
