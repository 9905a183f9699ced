import { fuseRanks } from "@/runtime/knowledge/search/fuse-ranks";
import type { Database } from "@/server/platform/db/database";
import type { IndexInUse, MetadataFilter } from "./index-in-use";
import { type FoundByText, searchByText } from "./text-way";
import { type FoundByVector, searchByVector } from "./vector-way";

export type SearchWay = "fused" | "vector" | "text";

/** Places of each way that are joined: more than anybody asks for, since a passage may be low in both and still be the best of all. */
const depth = 60;

interface IndexQuery {
  readonly query: string;
  /** Of the query, by the model of the index; null where only words are looked for. */
  readonly vector: readonly number[] | null;
  readonly way: SearchWay;
  readonly topK: number;
  readonly filter?: MetadataFilter;
  /**
   * Passages that are weaker are left out: by cosine similarity (`vector`), by share of the words' weight (`text`), by the better of the two
   * (`fused`).
   */
  readonly minimumScore?: number;
}

/** Where a passage was found, and why it stands where it does. Ranks count from 1. */
export interface IndexHit {
  readonly id: string;
  readonly vectorRank: number | null;
  readonly vectorScore: number | null;
  readonly textRank: number | null;
  readonly textScore: number | null;
  readonly matchedWords: readonly string[];
  /** 0..1: see `fuseRanks`. Of a search by one way it is that way's own score. */
  readonly fusedScore: number;
}

interface IndexReply {
  readonly hits: readonly IndexHit[];
  readonly vectorMs: number;
  readonly textMs: number;
}

/** The best chunks of one base for a question, best first. */
export const searchIndex = async (database: Database, index: IndexInUse, asked: IndexQuery): Promise<IndexReply> => {
  const most = Math.max(depth, asked.topK);
  const startedAt = performance.now();
  const byVector =
    asked.way === "text" || asked.vector === null
      ? []
      : await searchByVector(database, index, asked.vector, most, asked.filter);
  const vectorAt = performance.now();
  const byText = asked.way === "vector" ? [] : await searchByText(database, index, asked.query, most, asked.filter);
  const textAt = performance.now();
  return {
    hits: explain(byVector, byText, asked.way)
      .filter((hit) => strength(hit) >= (asked.minimumScore ?? 0))
      .slice(0, asked.topK),
    vectorMs: vectorAt - startedAt,
    textMs: textAt - vectorAt,
  };
};

const strength = ({ vectorScore, textScore }: IndexHit): number => Math.max(vectorScore ?? 0, textScore ?? 0);

/** One way keeps its own order and scores; two are joined. */
export const explain = (
  byVector: readonly FoundByVector[],
  byText: readonly FoundByText[],
  way: SearchWay,
): readonly IndexHit[] => {
  const vectors = new Map(byVector.map(({ id, score }) => [id, score]));
  const texts = new Map(byText.map((found) => [found.id, found]));
  return fuseRanks([byVector, byText], way === "fused" ? {} : { votes: "even" }).map(({ id, score, ranks }) => {
    const vectorScore = vectors.get(id) ?? null;
    const textScore = texts.get(id)?.score ?? null;
    return {
      id,
      vectorRank: ranks[0] ?? null,
      vectorScore,
      textRank: ranks[1] ?? null,
      textScore,
      matchedWords: texts.get(id)?.matchedWords ?? [],
      fusedScore: way === "fused" ? score : (vectorScore ?? textScore ?? 0),
    };
  });
};
