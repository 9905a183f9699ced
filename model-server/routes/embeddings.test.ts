import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chatModel,
  failureOf,
  PATIENCE,
  type StartedEndpoint,
  startWithClient,
} from "@/runtime/testing/local-endpoint-client";

let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startWithClient([]);
}, PATIENCE);
afterAll(() => endpoint?.server.stop());

describe("embeddings", { timeout: PATIENCE }, () => {
  const embed = async (name: string, input: string | string[], format?: "float" | "base64") => {
    const {
      data,
      usage,
      model: used,
    } = await endpoint.client.embeddings.create({
      model: name,
      input,
      ...(format && { encoding_format: format }),
    });
    return { vectors: data.map(({ embedding }) => embedding), usage, used };
  };
  const similarity = (left: number[] = [], right: number[] = []) =>
    left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

  it("puts texts of one meaning together, in English and in Chinese", async () => {
    for (const name of ["local-embed", "local-embed-en"]) {
      const { vectors } = await embed(name, [
        "How do I reset my password?",
        "I forgot my login",
        "The parcel arrived broken",
      ]);
      expect(similarity(vectors[0], vectors[1])).toBeGreaterThan(similarity(vectors[0], vectors[2]) + 0.2);
    }
    for (const name of ["local-embed", "local-embed-zh"]) {
      const { vectors } = await embed(name, ["如何重置密码？", "忘记密码怎么办", "包裹到的时候已经坏了"]);
      expect(similarity(vectors[0], vectors[1])).toBeGreaterThan(similarity(vectors[0], vectors[2]) + 0.2);
    }
  });

  it("finds a text in the other language with the multilingual model, asked as it was trained to be", async () => {
    const model = "multilingual-e5-small";
    const passages = [
      "Employees are entitled to twenty-eight days of annual leave.",
      "The kettle is covered by a two-year warranty.",
      "The office is closed on Saturdays and Sundays.",
    ];
    const questions = ["员工每年有多少天年假？", "水壶的保修期是多久？", "周末办公室开门吗？"];
    for (const [asked, searched] of [
      [questions, passages],
      [passages, questions],
    ] as const) {
      const index = await embed(
        model,
        searched.map((text) => `passage: ${text}`),
      );
      const { vectors } = await embed(
        model,
        asked.map((text) => `query: ${text}`),
      );
      for (const [place, vector] of vectors.entries()) {
        expect(vector).toHaveLength(384);
        const similarities = index.vectors.map((passage) => similarity(vector, passage));
        expect(similarities.indexOf(Math.max(...similarities)), asked[place]).toBe(place);
      }
    }
  });

  it("finds the right text in an index of both languages", async () => {
    const texts = [
      "Our refund policy lasts 30 days",
      "Standard shipping takes 5 days",
      "退款需要三十天",
      "标准运输需要五天",
    ];
    const { vectors } = await embed("local-embed", texts);
    for (const [question, answer] of [
      ["How long can I return a product?", 0],
      ["When does my order arrive?", 1],
      ["多久能把钱退给我？", 2],
      ["快递什么时候到？", 3],
    ] as const) {
      const [query] = (await embed("local-embed", question)).vectors;
      const scores = vectors.map((vector) => similarity(query, vector));
      expect(scores.indexOf(Math.max(...scores)), question).toBe(answer);
    }
  });

  it("gives a text the same vector alone and among others, in both encodings", async () => {
    const text = "The kettle leaks. 水壶漏水。";
    const [alone] = (await embed("local-embed", text, "float")).vectors;
    const { vectors, usage, used } = await embed("local-embed", [
      "Something much longer that would otherwise need padding",
      text,
    ]);
    expect(alone).toHaveLength(896);
    expect(vectors[1]).toEqual(alone);
    expect(used).toBe("local-embed");
    expect(usage.prompt_tokens).toBeGreaterThan(10);
    expect((await embed("local-embed", text, "base64")).vectors[0]).toBeTypeOf("string");
  });

  it("reads to the end of a text that is longer than the model's window", async () => {
    const filler = "The weather report for the coming week mentions wind and rain. ".repeat(100);
    const { vectors } = await embed("local-embed-en", [
      filler,
      `${filler}${"The password must be reset by the administrator. ".repeat(30)}`,
      "password reset",
    ]);
    expect(similarity(vectors[1], vectors[2])).toBeGreaterThan(similarity(vectors[0], vectors[2]));
  });

  it("refuses what it cannot do", async () => {
    expect(await failureOf(embed("local-embed", []))).toMatchObject({ status: 400, param: "input" });
    expect(await failureOf(embed(chatModel, "x"))).toMatchObject({ status: 400, param: "model" });
    expect(await failureOf(embed("unknown", "x"))).toMatchObject({ status: 404, code: "model_not_found" });
    const cut = endpoint.client.embeddings.create({ model: "local-embed", input: "x", dimensions: 100 });
    expect(await failureOf(cut)).toMatchObject({ status: 400, param: "dimensions" });
  });
});
