import type { Database } from "@/server/platform/db/database";
import type { Generation } from "./vector-index";

export interface ChunkRow {
  readonly id: string;
  readonly position: number;
  readonly text: string;
  readonly textHash: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly heading: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** null where another chunk with the same text is found in its place. */
  readonly found: { readonly vector: readonly number[]; readonly words: readonly string[] } | null;
}

/** Adds chunks of a document, and counts their words, in one statement: all of it is there or none. */
export const writeChunks = async (
  database: Database,
  place: Generation & { readonly workspaceId: string; readonly documentId: string },
  rows: readonly ChunkRow[],
): Promise<void> => {
  if (rows.length === 0) return;
  const column = <Value>(value: (row: ChunkRow) => Value): Value[] => rows.map(value);
  await database.query(
    `WITH given AS (
       SELECT * FROM unnest($5::text[], $6::int[], $7::text[], $8::text[], $9::int[], $10::int[], $11::int[], $12::text[], $13::text[],
         $14::text[], $15::text[], $16::int[])
       AS given("id", "position", "text", "textHash", "start", "end", "page", "heading", "metadata", "vector", "words", "wordCount")
     ), inserted AS (
       INSERT INTO "KnowledgeChunk" ("id", "workspaceId", "knowledgeBaseId", "documentId", "generation", "position", "text", "textHash", "start",
         "end", "page", "heading", "metadata", "embedding", "words", "wordCount")
       SELECT "id", $1, $2, $3, $4, "position", "text", "textHash", "start", "end", "page", "heading", "metadata"::jsonb, "vector"::vector,
         to_tsvector('english', "words"), "wordCount"
       FROM given RETURNING "words", "wordCount"
     ), base AS (
       UPDATE "KnowledgeBase" SET
         "chunkCount" = "chunkCount" + (SELECT count(*) FROM inserted WHERE "words" IS NOT NULL)::int,
         "wordCount" = "wordCount" + (SELECT coalesce(sum("wordCount"), 0) FROM inserted WHERE "words" IS NOT NULL)
       WHERE "id" = $2 AND "generation" = $4
     )
     INSERT INTO "KnowledgeWord" ("knowledgeBaseId", "generation", "word", "chunkCount")
     SELECT $2, $4, lexeme, count(*)::int FROM inserted, unnest("words") GROUP BY lexeme ORDER BY lexeme
     ON CONFLICT ("knowledgeBaseId", "generation", "word")
     DO UPDATE SET "chunkCount" = "KnowledgeWord"."chunkCount" + excluded."chunkCount"`,
    [
      place.workspaceId,
      place.knowledgeBaseId,
      place.documentId,
      place.generation,
      column(({ id }) => id),
      column(({ position }) => position),
      column(({ text }) => text),
      column(({ textHash }) => textHash),
      column(({ start }) => start),
      column(({ end }) => end),
      column(({ page }) => page),
      column(({ heading }) => heading),
      column(({ metadata }) => JSON.stringify(metadata)),
      column(({ found }) => (found === null ? null : `[${found.vector.join(",")}]`)),
      column(({ found }) => (found === null ? null : found.words.join(" "))),
      column(({ found }) => found?.words.length ?? 0),
    ],
  );
};

/** Chunks that one statement removes; a database that serves everybody must not be held up for long. */
const batch = 300;

/**
 * Removes a document's chunks, of one generation or of all, and their words from the counts. Where another document has a chunk with the same
 * text, that one is found from now on.
 */
export const removeChunks = async (database: Database, documentId: string, generation?: number): Promise<void> => {
  for (;;) {
    const [removed] = await database.query<{ count: number }>(
      `WITH gone AS (
         DELETE FROM "KnowledgeChunk" WHERE "id" IN (
           SELECT "id" FROM "KnowledgeChunk" WHERE "documentId" = $1 AND ($2::int IS NULL OR "generation" = $2)
           ORDER BY "position" LIMIT ${batch})
         RETURNING "knowledgeBaseId", "generation", "textHash", "embedding", "words", "wordCount"
       ), heirs AS (
         SELECT DISTINCT ON (gone."generation", gone."textHash") heir."id", gone."generation", gone."embedding", gone."words", gone."wordCount"
         FROM gone JOIN "KnowledgeChunk" heir USING ("knowledgeBaseId", "generation", "textHash")
         WHERE gone."words" IS NOT NULL AND heir."words" IS NULL AND heir."documentId" <> $1
         ORDER BY gone."generation", gone."textHash", heir."id"
       ), promoted AS (
         UPDATE "KnowledgeChunk" chunk SET "embedding" = heirs."embedding", "words" = heirs."words", "wordCount" = heirs."wordCount"
         FROM heirs WHERE chunk."id" = heirs."id"
         RETURNING chunk."knowledgeBaseId", chunk."generation", heirs."words", heirs."wordCount"
       ), lost AS (
         SELECT "knowledgeBaseId", "generation", "words", "wordCount", 1 AS sign FROM gone WHERE "words" IS NOT NULL
         UNION ALL SELECT "knowledgeBaseId", "generation", "words", "wordCount", -1 FROM promoted
       ), base AS (
         UPDATE "KnowledgeBase" base SET "chunkCount" = base."chunkCount" - sums.chunks, "wordCount" = base."wordCount" - sums.words
         FROM (SELECT "knowledgeBaseId", "generation", sum(sign)::int AS chunks, sum(sign * "wordCount") AS words FROM lost GROUP BY 1, 2) sums
         WHERE base."id" = sums."knowledgeBaseId" AND base."generation" = sums."generation"
       ), counts AS (
         UPDATE "KnowledgeWord" word SET "chunkCount" = word."chunkCount" - fewer.count
         FROM (SELECT "knowledgeBaseId", "generation", lexeme, sum(sign)::int AS count FROM lost, unnest("words") GROUP BY 1, 2, 3) fewer
         WHERE word."knowledgeBaseId" = fewer."knowledgeBaseId" AND word."generation" = fewer."generation" AND word."word" = fewer.lexeme
       )
       SELECT count(*)::int AS count FROM gone`,
      [documentId, generation ?? null],
    );
    if ((removed?.count ?? 0) < batch) break;
  }
};

/** Words that no chunk has any more: they would tell what a removed document was about. */
export const forgetUnusedWords = async (database: Database, knowledgeBaseId: string): Promise<void> => {
  await database.query(`DELETE FROM "KnowledgeWord" WHERE "knowledgeBaseId" = $1 AND "chunkCount" <= 0`, [
    knowledgeBaseId,
  ]);
};
