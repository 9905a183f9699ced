import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PATIENCE, type StartedEndpoint, startWithClient } from "@/runtime/testing/local-endpoint-client";

let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startWithClient([]);
}, PATIENCE);
afterAll(() => endpoint?.server.stop());

interface Reply {
  readonly results: {
    readonly index: number;
    readonly relevance_score: number;
    readonly document?: { text: string };
  }[];
}
const rerank = async (body: object): Promise<Reply & { status: number }> => {
  const response = await fetch(`${endpoint.server.url}/v1/rerank`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "local-rerank", ...body }),
  });
  return { status: response.status, ...((await response.json()) as Reply) };
};

const english = [
  "Standard shipping takes five business days and costs nine euros.",
  "Our head office moved to Bergen in 2015. The canteen is on the second floor.",
  "Thank you for choosing us. The manual has many pages. Defects in manufacturing are covered for two years. Call us.",
  "Model KX-220 has a tank of two litres; model KX-330 has a tank of three.",
];
const chinese = [
  "标准运输需要五个工作日。",
  "总部于2015年搬到北京。",
  "保修期为两年，覆盖制造缺陷。请保留发票。",
  "水箱容量为三升。",
];

describe("rerank", { timeout: PATIENCE }, () => {
  it.each([
    ["How long is the warranty?", english, 2],
    ["When does my parcel arrive?", english, 0],
    ["tank of the KX-330", english, 3],
    ["保修多久？", chinese, 2],
    ["快递几天能到？", chinese, 0],
  ])("puts the document that answers first: %s", async (query, documents, best) => {
    const { results } = await rerank({ query, documents });
    expect(results[0]?.index).toBe(best);
    expect(results.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
    const scores = results.map(({ relevance_score }) => relevance_score);
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
    for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
  });

  it("gives as many as asked for, with their text on request", async () => {
    const { results } = await rerank({ query: "warranty", documents: english, top_n: 2, return_documents: true });
    expect(results).toHaveLength(2);
    expect(results[0]?.document?.text).toBe(english[results[0]?.index ?? -1]);
  });

  it("takes empty documents and refuses what it cannot do", async () => {
    expect(
      (await rerank({ query: "x", documents: ["", " "] })).results.map(({ relevance_score }) => relevance_score),
    ).toEqual([0, 0]);
    expect((await rerank({ query: "x", documents: [] })).status).toBe(400);
    expect((await rerank({ model: "qwen2.5-coder-1.5b", query: "x", documents: ["a"] })).status).toBe(400);
    expect((await rerank({ model: "nothing", query: "x", documents: ["a"] })).status).toBe(404);
  });
});
