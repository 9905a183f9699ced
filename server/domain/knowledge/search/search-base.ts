import type { KnowledgeBase } from "@/generated/prisma/client";
import type { ServiceCall } from "@/runtime/capability/service-call";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Source } from "@/runtime/node/source";
import { asQuestion } from "@/server/domain/knowledge/embedded-text";
import { indexInUse } from "@/server/domain/knowledge/find-base";
import type { SearchHit, SearchReply } from "@/server/domain/knowledge/knowledge.types";
import type { Database } from "@/server/platform/db/database";
import type { MetadataFilter } from "./index-in-use";
import { readSources } from "./read-sources";
import { type IndexHit, type SearchWay, searchIndex } from "./search-index";

interface BaseQuery {
  readonly query: string;
  readonly topK: number;
  readonly way: SearchWay;
  readonly filter?: MetadataFilter | undefined;
  readonly minimumScore?: number | undefined;
  /** A reranking model; none where left out. */
  readonly rerank?: string | undefined;
}

/** How many more passages a reranking model is given than are asked for. */
const rerankFactor = 4;
const mostReranked = 100;

/**
 * Searches one base, and says why each passage stands where it does. An empty base finds nothing. Throws `NodeFailure` where the model that made
 * the index cannot be had, or makes other vectors now.
 */
export const searchBase = async (
  database: Database,
  base: KnowledgeBase,
  asked: BaseQuery,
  call: ServiceCall,
): Promise<SearchReply> => {
  const startedAt = performance.now();
  const vector = asked.way === "text" || base.chunkCount === 0 ? null : await embedQuery(base, asked.query, call);
  const embeddedAt = performance.now();
  if (base.chunkCount === 0) return { hits: [], timings: { embedMs: 0, vectorMs: 0, textMs: 0, rerankMs: 0 } };
  const { query, way, filter, minimumScore, topK, rerank } = asked;
  const found = await searchIndex(database, indexInUse(base), {
    query,
    vector,
    way,
    topK: rerank === undefined ? topK : Math.min(mostReranked, topK * rerankFactor),
    ...(filter === undefined ? {} : { filter }),
    ...(minimumScore === undefined ? {} : { minimumScore }),
  });
  const sources = await readSources(
    database,
    found.hits.map(({ id }) => id),
  );
  const hits = found.hits.flatMap((hit) => hitOf(hit, sources.get(hit.id)));
  const rerankedAt = performance.now();
  const ordered = rerank === undefined ? hits : await reranked(hits, asked, rerank, call);
  return {
    hits: ordered.slice(0, topK),
    timings: {
      embedMs: vector === null ? 0 : embeddedAt - startedAt,
      vectorMs: found.vectorMs,
      textMs: found.textMs,
      rerankMs: rerank === undefined ? 0 : performance.now() - rerankedAt,
    },
  };
};

const embedQuery = async (base: KnowledgeBase, query: string, call: ServiceCall): Promise<readonly number[]> => {
  const model = base.indexedWith ?? base.embeddingModel;
  const { vectors } = await call.embed({ model, input: [asQuestion(model, query)] });
  const [vector] = vectors;
  if (vector === undefined) throw new NodeFailure("model-protocol", `The model "${model}" gave no vector.`);
  if (base.dimensions !== null && vector.length !== base.dimensions) {
    throw new NodeFailure(
      "model-rejected",
      `The model "${model}" now makes vectors of ${vector.length} numbers, but the index of "${base.name}" has ${base.dimensions}.`,
      { hint: "Re-index the knowledge base." },
    );
  }
  return vector;
};

const hitOf = ({ id: _, ...reasons }: IndexHit, found: Omit<Source, "score"> | undefined): readonly SearchHit[] =>
  found === undefined ? [] : [{ source: { ...found, score: reasons.fusedScore }, ...reasons, rerankScore: null }];

const reranked = async (
  hits: readonly SearchHit[],
  { query, topK }: BaseQuery,
  model: string,
  call: ServiceCall,
): Promise<readonly SearchHit[]> => {
  if (hits.length === 0) return hits;
  const { results } = await call.rerank({ model, query, documents: hits.map(({ source }) => source.text), topN: topK });
  return results.flatMap(({ index, score }) => {
    const hit = hits[index];
    return hit === undefined ? [] : [{ ...hit, source: { ...hit.source, score }, rerankScore: score }];
  });
};
