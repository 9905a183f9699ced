import { describe, expect, it } from "vitest";
import type { ChatRequest } from "@/runtime/node/context";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { visionDescribe } from "./describe";

describeNode(visionDescribe, "nodes/vision/describe.ts");

const image = { fileId: "file_0123456789abcdef", name: "a.jpg", mediaType: "image/jpeg", size: 1000 };

const look = async (config: object, inputs: object = {}, reply = "A cat.") => {
  const requests: ChatRequest[] = [];
  const edges: number[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    model: {
      async *chat(request) {
        requests.push(request);
        yield { type: "text-delta", delta: reply };
        yield { type: "finish", reason: "stop", outcome: null, usage: null, costMicroUsd: 1_500_000, model: "e/m" };
      },
    },
    files: {
      shrinkImage: async (given, longestEdge) => {
        edges.push(longestEdge);
        const small = { ...given, fileId: "file_small_0123456789", size: 10 };
        return { image: small, width: 100, height: 50, original: { width: 1000, height: 500, size: 1000 } };
      },
    },
    log: (_, message) => logs.push(message),
  });
  const parsed = visionDescribe.config.parse(config);
  const run = visionDescribe.run({ config: parsed, inputs: { image, ...inputs }, ctx });
  const deltas: unknown[] = [];
  if (!(Symbol.asyncIterator in run)) throw new Error("it streams");
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { outputs: value, deltas, request: requests[0], edges, logs };
    deltas.push(value);
  }
};

describe("looking at a picture", () => {
  it("sends the shrunk picture with the question, and streams the answer", async () => {
    const { request, deltas, outputs } = await look(
      { question: "Is there a {{thing}}?", system: "You look after {{thing}}s." },
      { thing: "cat" },
    );
    expect(request?.messages).toEqual([
      { role: "system", content: "You look after cats." },
      {
        role: "user",
        content: "Is there a cat?",
        images: [{ ...image, fileId: "file_small_0123456789", size: 10 }],
      },
    ]);
    expect(deltas).toEqual([{ text: "A cat." }]);
    expect(outputs).toMatchObject({ text: "A cat.", cost: 1.5 });
    expect(outputs).not.toHaveProperty("usage");
  });

  it.each([
    ["low", 512],
    ["medium", 1024],
    ["high", 2048],
    ["original", 8192],
  ])("in %s detail asks for at most %i pixels a side", async (detail, edge) => {
    expect((await look({ detail })).edges).toEqual([edge]);
  });

  it("says what shrinking saved", async () => {
    expect((await look({})).outputs.saving).toEqual({
      before: { width: 1000, height: 500, pixels: 500_000, tokens: 650 },
      after: { width: 100, height: 50, pixels: 5_000, tokens: 10 },
      share: 0.985,
    });
  });

  it("refuses a reply that does not fit the schema", async () => {
    const schema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
    await expect(look({ schema }, {}, '{"n": "many"}')).rejects.toMatchObject({ code: "output-invalid" });
    expect((await look({ schema }, {}, '{"n": 3}')).outputs.json).toEqual({ n: 3 });
  });

  it("keeps the name of its picture for itself", () => {
    const { error } = visionDescribe.config.safeParse({ question: "What is {{image}}?" });
    expect(error?.issues[0]?.message).toContain("{{image}}");
    expect(visionDescribe.config.safeParse({ question: " " }).success).toBe(false);
    expect(visionDescribe.config.safeParse({ question: "x".repeat(100_001) }).success).toBe(false);
  });
});
