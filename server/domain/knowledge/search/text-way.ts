import { bm25Bound, bm25Term, inverseDocumentFrequency } from "@/runtime/knowledge/search/bm25";
import { indexFrom } from "@/server/domain/knowledge/index/vector-index";
import { wordsOf } from "@/server/domain/knowledge/segment";
import type { Database } from "@/server/platform/db/database";
import { chunksInUse, type IndexInUse, type MetadataFilter, Parameters } from "./index-in-use";

/** Words of a question that are looked for. */
const mostWords = 48;
/** Places in the index that one search reads: rare words come first, and common ones only as far as this reaches. */
const mostPlaces = 4_000;
/** Chunks whose words are read and scored in full. */
const mostScored = 60;

export interface FoundByText {
  readonly id: string;
  /** BM25 over the most that any chunk could score for these words: 0..1. */
  readonly score: number;
  /** Words of the question that stand in the chunk, as they were asked. */
  readonly matchedWords: readonly string[];
}

interface QueryWord {
  /** As the index has it. */
  readonly lexeme: string;
  readonly asked: string;
  readonly count: number;
  readonly idf: number;
}

/**
 * The chunks that share the question's words, best first, by BM25. Two steps: the index says which chunks have the rarest words, and of the best of
 * these all of the question's words are counted.
 */
export const searchByText = async (
  database: Database,
  index: IndexInUse,
  query: string,
  most: number,
  filter?: MetadataFilter,
): Promise<readonly FoundByText[]> => {
  const words = await queryWords(database, index, query);
  if (words.length === 0) return [];
  const ids = await candidates(database, index, words, Math.max(mostScored, most), filter);
  if (ids.length === 0) return [];
  const rows = await database.query<{ id: string; words: string; wordCount: number }>(
    `SELECT "id", "words"::text AS "words", "wordCount" FROM "KnowledgeChunk" WHERE "id" = ANY($1)`,
    [ids],
  );
  const bound = bm25Bound(words.map(({ idf }) => idf));
  const meanLength = index.chunkCount > 0 ? index.wordCount / index.chunkCount : 0;
  return rows
    .map(({ id, words: vector, wordCount }) => {
      let score = 0;
      const matchedWords: string[] = [];
      for (const { lexeme, idf, asked } of words) {
        const frequency = frequencyOf(lexeme, vector);
        if (frequency === 0) continue;
        score += bm25Term(idf, frequency, wordCount, meanLength);
        matchedWords.push(asked);
      }
      return { id, score: bound > 0 ? score / bound : 0, matchedWords };
    })
    .sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1))
    .slice(0, most);
};

/** The question's words as the index writes them, the rarest first; words that no chunk has are among them, for they lower every chunk's share. */
const queryWords = async (database: Database, index: IndexInUse, query: string): Promise<readonly QueryWord[]> => {
  const asked = [...new Set(wordsOf(query))].slice(0, mostWords);
  if (asked.length === 0) return [];
  const rows = await database.query<{ lexeme: string; asked: string; count: number }>(
    `SELECT lexeme, min(asked.word) AS asked, coalesce(min(known."chunkCount"), 0)::int AS count
     FROM unnest($1::text[]) AS asked(word), unnest(tsvector_to_array(to_tsvector('english', asked.word))) AS lexeme
     LEFT JOIN LATERAL (
       SELECT "chunkCount" FROM "KnowledgeWord" WHERE "knowledgeBaseId" = $2 AND "generation" = $3 AND "word" = lexeme LIMIT 1
     ) known ON true
     GROUP BY lexeme`,
    [asked, index.knowledgeBaseId, index.generation],
  );
  return rows
    .map((row) => ({ ...row, idf: inverseDocumentFrequency(row.count, index.chunkCount) }))
    .sort((left, right) => left.count - right.count);
};

const queryOf = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, "$&$&")}'`;

const candidates = async (
  database: Database,
  index: IndexInUse,
  words: readonly QueryWord[],
  most: number,
  filter: MetadataFilter | undefined,
): Promise<readonly string[]> => {
  const known = words.filter(({ count }) => count > 0);
  const [rarest] = known;
  if (rarest === undefined) return [];
  const parameters = new Parameters();
  const where = chunksInUse(parameters, index, filter);
  const idsOf = async (sql: string) =>
    (await database.query<{ id: string }>(sql, parameters.values)).map(({ id }) => id);
  if (index.chunkCount < indexFrom) {
    const any = `${parameters.add(known.map(({ lexeme }) => queryOf(lexeme)).join(" | "))}::tsquery`;
    return idsOf(
      `SELECT "id" FROM "KnowledgeChunk" WHERE ${where} AND "words" @@ ${any} ORDER BY ts_rank("words", ${any}) DESC, "id" LIMIT ${most * 2}`,
    );
  }
  let places = 0;
  const chosen = known.filter(({ count }) => {
    places += count;
    return places <= mostPlaces;
  });
  if (chosen.length === 0) {
    // Every word is common: only chunks that have several of them are worth a look.
    const all = `${parameters.add(
      known
        .slice(0, 4)
        .map(({ lexeme }) => queryOf(lexeme))
        .join(" & "),
    )}::tsquery`;
    const first = `${parameters.add(queryOf(rarest.lexeme))}::tsquery`;
    return idsOf(
      `(SELECT "id" FROM "KnowledgeChunk" WHERE ${where} AND "words" @@ ${all} LIMIT ${most})
       UNION (SELECT "id" FROM "KnowledgeChunk" WHERE ${where} AND "words" @@ ${first} LIMIT ${most})`,
    );
  }
  // One look into the index a word: it says which chunks have it without reading them.
  const branches = chosen.map(
    ({ lexeme, idf }) =>
      `SELECT "id", ${idf.toFixed(6)}::float8 AS idf FROM "KnowledgeChunk" WHERE ${where} AND "words" @@ ${parameters.add(queryOf(lexeme))}::tsquery`,
  );
  return idsOf(
    `SELECT "id" FROM (${branches.join(" UNION ALL ")}) found GROUP BY "id" ORDER BY sum(idf) DESC, "id" LIMIT ${most}`,
  );
};

/** How often a word stands in a chunk, read off PostgreSQL's way of writing a tsvector: `'deliveri':3,17 'fee':5`. */
const frequencyOf = (lexeme: string, vector: string): number => {
  const key = `${queryOf(lexeme)}:`;
  let at = vector.indexOf(key);
  while (at > 0 && vector[at - 1] !== " ") at = vector.indexOf(key, at + 1);
  if (at === -1) return 0;
  const end = vector.indexOf(" ", at);
  const places = vector.slice(at + key.length, end === -1 ? undefined : end);
  return places.split(",").length;
};
