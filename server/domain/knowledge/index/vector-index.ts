import type { Database } from "@/server/platform/db/database";

/**
 * From so many chunks on a generation has indexes of its own; below, looking at all of them takes as long. Built while the base is small and kept
 * up to date by every insert afterwards, so that no build ever holds up the database for long.
 */
export const indexFrom = 500;

/** pgvector indexes bits up to this many. */
const mostBits = 64_000;

export interface Generation {
  readonly knowledgeBaseId: string;
  readonly generation: number;
}

const names = ({ knowledgeBaseId, generation }: Generation) => ({
  vectors: `"knowledge_${identifier(knowledgeBaseId)}_${generation}_v"`,
  words: `"knowledge_${identifier(knowledgeBaseId)}_${generation}_w"`,
});

/** Ids are written into statements that take no parameters. */
const identifier = (id: string): string => {
  if (!/^[\w-]{1,40}$/.test(id)) throw new Error("This is not the id of a knowledge base.");
  return id;
};

/** What the vector index is over: one bit a dimension, its sign. The statement of a search has to write it the same way. */
export const bitsOf = (vector: string, dimensions: number): string => {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > mostBits) throw new Error("No such dimensions.");
  return `binary_quantize(${vector})::bit(${dimensions})`;
};

/**
 * Indexes for one generation: HNSW over the signs of the vectors, whose candidates a search then compares exactly, and GIN over the words.
 * Over whole vectors the first took 20 times as long to build, and 16 times as long for each chunk that is added.
 */
export const ensureIndexes = async (database: Database, of: Generation, dimensions: number): Promise<void> => {
  const { vectors, words } = names(of);
  const where = `WHERE "knowledgeBaseId" = '${identifier(of.knowledgeBaseId)}' AND "generation" = ${Number(of.generation)}`;
  await database.query(
    `CREATE INDEX IF NOT EXISTS ${vectors} ON "KnowledgeChunk" USING hnsw ((${bitsOf('"embedding"', dimensions)}) bit_hamming_ops) ${where}`,
  );
  await database.query(
    `CREATE INDEX IF NOT EXISTS ${words} ON "KnowledgeChunk" USING gin ("words") WITH (fastupdate = off) ${where}`,
  );
  await learnSizes(database);
};

export const dropIndexes = async (database: Database, of: Generation): Promise<void> => {
  const { vectors, words } = names(of);
  await database.query(`DROP INDEX IF EXISTS ${vectors}`);
  await database.query(`DROP INDEX IF EXISTS ${words}`);
};

/** The same for every generation that a base ever had. */
export const dropAllIndexes = async (database: Database, knowledgeBaseId: string): Promise<void> => {
  const rows = await database.query<{ name: string }>(
    `SELECT indexname AS name FROM pg_indexes
     WHERE schemaname = current_schema() AND tablename = 'KnowledgeChunk' AND starts_with(indexname, $1)`,
    [`knowledge_${identifier(knowledgeBaseId)}_`],
  );
  for (const { name } of rows) await database.query(`DROP INDEX IF EXISTS "${name}"`);
};

/**
 * Tells the planner how many chunks each base has, without which it reads all of a base where an index would do. The embedded database never
 * does it by itself.
 */
export const learnSizes = async (database: Database): Promise<void> => {
  await database.query(`ANALYZE "KnowledgeChunk"`);
};
