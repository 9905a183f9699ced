import { bitsOf } from "@/server/domain/knowledge/index/vector-index";
import type { Database } from "@/server/platform/db/database";
import { chunksInUse, type IndexInUse, type MetadataFilter, Parameters } from "./index-in-use";

/** Chunks whose vectors are compared exactly: the nearest by the signs of their numbers alone. Equal to `hnsw.ef_search`. */
const candidates = 200;

/** A chunk whose vector stands at a right angle to the question's, or beyond, has nothing to do with it. */
const leastSimilarity = 0.01;

export interface FoundByVector {
  readonly id: string;
  /** Cosine, above 0, at most 1. */
  readonly score: number;
}

export const vectorLiteral = (vector: readonly number[]): string => `[${vector.join(",")}]`;

/** The chunks nearest in meaning, best first. */
export const searchByVector = async (
  database: Database,
  index: IndexInUse,
  vector: readonly number[],
  most: number,
  filter?: MetadataFilter,
): Promise<readonly FoundByVector[]> => {
  const parameters = new Parameters();
  const where = chunksInUse(parameters, index, filter);
  const asked = `${parameters.add(vectorLiteral(vector))}::vector(${vector.length})`;
  const bits = bitsOf('"embedding"', vector.length);
  return database.query<FoundByVector>(
    `WITH nearest AS MATERIALIZED (
       SELECT "id", "embedding" FROM "KnowledgeChunk" WHERE ${where} AND "words" IS NOT NULL
       ORDER BY ${bits} <~> ${bitsOf(asked, vector.length)} LIMIT ${Math.max(candidates, most)}
     ), compared AS MATERIALIZED (
       SELECT "id", 1 - ("embedding" <=> ${asked}) AS "score" FROM nearest
     )
     SELECT "id", "score" FROM compared WHERE "score" > ${leastSimilarity} ORDER BY "score" DESC LIMIT ${parameters.add(most)}`,
    parameters.values,
  );
};
