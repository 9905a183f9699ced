import { describe, expect, it } from "vitest";
import type { RerankReply } from "@/runtime/node/context";
import type { Source } from "@/runtime/node/source";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { rerankLimits, retrievalRerank } from "./rerank";

describeNode(retrievalRerank, "nodes/retrieval/rerank.ts");

const source = (id: string): Source => ({
  id,
  knowledgeBaseId: "kb",
  documentId: "d",
  documentName: "d.md",
  text: id,
  score: 0.5,
  start: 0,
  end: 1,
});

const rerank = (config: object, documents: readonly Source[], results: RerankReply["results"], query = "q") =>
  retrievalRerank.run({
    config: retrievalRerank.config.parse(config),
    inputs: { query, documents },
    ctx: nodeContext({ model: { rerank: async () => ({ results, usage: null, costMicroUsd: null }) } }),
  });

describe("reranking", () => {
  it("keeps the model's order, the number asked for and what is good enough", async () => {
    const documents = ["a", "b", "c"].map(source);
    const results = [
      { index: 2, score: 0.9 },
      { index: 0, score: 0.4 },
      { index: 1, score: 0.1 },
    ];
    const ids = async (config: object) =>
      ((await rerank(config, documents, results)) as { documents: readonly Source[] }).documents.map(({ id }) => id);
    expect(await ids({})).toEqual(["c", "a", "b"]);
    expect(await ids({ topN: 2 })).toEqual(["c", "a"]);
    expect(await ids({ minimumScore: 0.4 })).toEqual(["c", "a"]);
  });

  it("asks no model where there is nothing to rank", async () => {
    const ctx = nodeContext();
    const config = retrievalRerank.config.parse({});
    expect(await retrievalRerank.run({ config, inputs: { query: "q", documents: [] }, ctx })).toEqual({
      documents: [],
      context: "",
    });
  });

  it("refuses an empty query, too many passages, and a model that ranks what it was not given", async () => {
    await expect(rerank({}, [source("a")], [], " ")).rejects.toMatchObject({ code: "value-invalid" });
    const many = Array.from({ length: rerankLimits.documents + 1 }, (_, index) => source(`${index}`));
    await expect(rerank({}, many, [])).rejects.toMatchObject({ code: "value-invalid" });
    for (const results of [
      [{ index: 1, score: 1 }],
      [
        { index: 0, score: 1 },
        { index: 0, score: 1 },
      ],
    ]) {
      await expect(rerank({}, [source("a")], results)).rejects.toMatchObject({ code: "model-protocol" });
    }
  });
});
