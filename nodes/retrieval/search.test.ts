import { describe, expect, it } from "vitest";
import type { KnowledgeRequest } from "@/runtime/capability/knowledge/contract";
import type { RerankRequest } from "@/runtime/node/context";
import type { Source } from "@/runtime/node/source";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { retrievalSearch, searchLimits } from "./search";

describeNode(retrievalSearch, "nodes/retrieval/search.ts");

const source = (id: string): Source => ({
  id,
  knowledgeBaseId: "kb",
  documentId: "d",
  documentName: "d.md",
  text: `Text of ${id}.`,
  score: 0.5,
  start: 0,
  end: 10,
});

const search = async (
  config: object,
  inputs: Record<string, unknown> = {},
  found: readonly Source[] = [source("a")],
) => {
  const requests: KnowledgeRequest[] = [];
  const rerankings: RerankRequest[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    log: (_, message) => logs.push(message),
    knowledge: {
      search: async (request) => {
        requests.push(request);
        return { sources: found };
      },
    },
    model: {
      rerank: async (request) => {
        rerankings.push(request);
        const results = request.documents.map((_, index) => ({ index, score: index / 10 })).reverse();
        return { results, usage: null, costMicroUsd: null };
      },
    },
  });
  const parsed = retrievalSearch.config.parse({ knowledgeBase: "kb", ...config });
  const outputs = (await retrievalSearch.run({ config: parsed, inputs: { query: "q", ...inputs }, ctx })) as Record<
    string,
    unknown
  >;
  return { outputs, requests, rerankings, logs };
};

describe("searching a knowledge base", () => {
  it("asks for what the settings say, and names only conditions that are given", async () => {
    expect((await search({})).requests).toEqual([{ knowledgeBase: "kb", query: "q", topK: 3, way: "fused" }]);
    const filter = [
      { name: "product", value: "{{product}}" },
      { name: "year", value: "{{year}}" },
      { name: "", value: "x" },
    ];
    const { requests } = await search(
      { filter, way: "text", minimumScore: 0.4, topK: 9 },
      { product: " lamp ", year: "" },
    );
    expect(requests).toEqual([
      { knowledgeBase: "kb", query: "q", topK: 9, way: "text", minimumScore: 0.4, filter: { product: "lamp" } },
    ]);
  });

  it("gives a reranking model more than is asked for, and keeps its best", async () => {
    const all = Array.from({ length: 8 }, (_, index) => source(`s${index}`));
    const { outputs, requests, rerankings } = await search({ rerank: true, topK: 2, rerankModel: "e/r" }, {}, all);
    expect(requests[0]?.topK).toBe(8);
    expect(rerankings[0]).toMatchObject({ model: "e/r", query: "q", topN: 2 });
    expect((outputs.sources as Source[]).map(({ id, score }) => [id, score])).toEqual([
      ["s7", 0.7],
      ["s6", 0.6],
    ]);
  });

  it("takes the branch for nothing found alone, and asks no reranking model then", async () => {
    const { outputs, rerankings } = await search({ rerank: true }, {}, []);
    expect(outputs).toEqual({ found: false, empty: "q" });
    expect(rerankings).toEqual([]);
  });

  it("searches for the beginning of a long query, and says so", async () => {
    const { requests, logs } = await search({}, { query: "x".repeat(searchLimits.query + 1) });
    expect(requests[0]?.query).toHaveLength(searchLimits.query);
    expect(logs[0]).toContain("Only the first 2000 characters");
  });

  it("refuses an empty query and a base that is not chosen", async () => {
    await expect(search({}, { query: " " })).rejects.toMatchObject({ code: "value-invalid" });
    await expect(search({ knowledgeBase: "" })).rejects.toMatchObject({ code: "knowledge-unknown" });
  });

  it.each([
    { topK: searchLimits.topK + 1 },
    { topK: 0 },
    { contextLength: 99 },
    { filter: Array(searchLimits.conditions + 1).fill({ name: "a", value: "b" }) },
    { filter: [{ name: "a", value: "{{query}}" }] },
    { minimumScore: 1.1 },
  ])("refuses the settings %j", (config) => {
    expect(retrievalSearch.config.safeParse(config).success).toBe(false);
  });
});
