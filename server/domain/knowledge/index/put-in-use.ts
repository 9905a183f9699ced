import { type KnowledgeBase, Prisma } from "@/generated/prisma/client";
import type { BuildState } from "@/server/domain/knowledge/find-base";
import type { Database } from "@/server/platform/db/database";
import { dropIndexes } from "./vector-index";

/** Chunks that one statement removes. */
const batch = 1_000;

/** From here on searches go to the new generation; the old one is removed. */
export const putInUse = async (database: Database, base: KnowledgeBase, build: BuildState): Promise<void> => {
  const [found] = await database.query<{ chunks: number; words: string; dimensions: number | null }>(
    `SELECT count(*)::int AS chunks, coalesce(sum("wordCount"), 0) AS words,
       (SELECT vector_dims("embedding") FROM "KnowledgeChunk"
        WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "words" IS NOT NULL LIMIT 1) AS dimensions
     FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1 AND "generation" = $2 AND "words" IS NOT NULL`,
    [base.id, build.generation],
  );
  const { model, generation, by, size, overlap } = build;
  const dimensions = found?.dimensions ?? null;
  await database.prisma.knowledgeBase.update({
    where: { id: base.id },
    data: {
      generation,
      building: Prisma.DbNull,
      indexedWith: dimensions === null ? null : model,
      dimensions,
      indexedAs: { by, size, overlap },
      chunkCount: found?.chunks ?? 0,
      wordCount: BigInt(found?.words ?? 0),
    },
  });
  await removeGenerations(database, base.id, generation);
};

/** Of none: every generation goes. */
export const noGeneration = -1;

/** Removes what is left of every generation but one. */
export const removeGenerations = async (database: Database, knowledgeBaseId: string, kept: number): Promise<void> => {
  const old = await database.query<{ generation: number }>(
    `SELECT DISTINCT "generation" FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1 AND "generation" <> $2`,
    [knowledgeBaseId, kept],
  );
  for (const { generation } of old) {
    await dropIndexes(database, { knowledgeBaseId, generation });
    for (let removed = batch; removed === batch; ) {
      const rows = await database.query(
        `DELETE FROM "KnowledgeChunk" WHERE "id" IN (
           SELECT "id" FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1 AND "generation" = $2 LIMIT ${batch}) RETURNING 1`,
        [knowledgeBaseId, generation],
      );
      removed = rows.length;
    }
  }
  await database.query(`DELETE FROM "KnowledgeWord" WHERE "knowledgeBaseId" = $1 AND "generation" <> $2`, [
    knowledgeBaseId,
    kept,
  ]);
};
