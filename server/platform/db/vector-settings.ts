/**
 * How pgvector searches, set once for every session. `ef_search` bounds the candidates of one search (see server/domain/knowledge/search/vector-way.ts);
 * a search whose filter throws candidates away goes on until it has enough.
 */
export const vectorSettings = ["hnsw.ef_search=200", "hnsw.iterative_scan=relaxed_order"] as const;
