import { describe, expect, it } from "vitest";
import type { EmbedRequest } from "@/runtime/node/context";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { classifierExamples, classifierLimits } from "./examples";

describeNode(classifierExamples, "nodes/classifier/examples.ts");

const vectors: Readonly<Record<string, readonly number[]>> = {
  late: [1, 0],
  dear: [0, 1],
  text: [0.8, 0.6],
  far: [-1, -1],
};
const labels = [
  { name: "delivery", examples: ["late"] },
  { name: "billing", examples: ["dear"] },
];

const classify = async (
  config: object,
  text: string,
  answer = (input: readonly string[]) => input.map((each) => vectors[each] ?? [0, 0]),
) => {
  const requests: EmbedRequest[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    model: {
      embed: async (request) => {
        requests.push(request);
        return { vectors: answer(request.input), usage: null, costMicroUsd: null };
      },
    },
    log: (_, message) => logs.push(message),
  });
  const parsed = classifierExamples.config.parse({ labels, ...config });
  const outputs = (await classifierExamples.run({ config: parsed, inputs: { text }, ctx })) as Record<string, unknown>;
  return { outputs, requests, logs };
};

describe("classifying by examples", () => {
  it("asks for the text and all examples at once, so that they lie in one space", async () => {
    const { requests } = await classify({ model: "e/m" }, "text");
    expect(requests).toEqual([{ model: "e/m", input: ["text", "late", "dear"] }]);
  });

  it("passes over examples that are still empty", async () => {
    const { requests, outputs } = await classify(
      { labels: [{ name: "delivery", examples: ["", "late", " "] }, labels[1]] },
      "text",
    );
    expect(requests[0]?.input).toEqual(["text", "late", "dear"]);
    expect(outputs.label).toBe("delivery");
  });

  it("takes only the port of the label it found", async () => {
    const { outputs } = await classify({}, "text");
    expect(Object.keys(outputs).sort()).toEqual(["confidence", "delivery", "label", "margin", "scores"]);
    expect(outputs.scores).toEqual({ delivery: outputs.confidence, billing: expect.any(Number) });
  });

  it.each([
    [{ minimumConfidence: 1 }, "other"],
    [{ minimumSimilarity: 0.81 }, "other"],
    [{ minimumSimilarity: 0.79 }, "delivery"],
    [{ minimumSimilarity: 0.81, otherLabel: "billing" }, "billing"],
  ])("with %j answers %s", async (config, label) => {
    const { outputs } = await classify(config, "text");
    expect(outputs).toMatchObject({ label, [label]: "text" });
  });

  it("sends on the whole of a long text, and looks at its beginning", async () => {
    const long = "x".repeat(classifierLimits.text + 1);
    const { outputs, requests, logs } = await classify({ minimumSimilarity: 0.5 }, long);
    expect(outputs.other).toBe(long);
    expect(requests[0]?.input[0]).toHaveLength(classifierLimits.text);
    expect(logs[0]).toContain("Only the first 8000 characters");
  });

  it("refuses an empty text, and an endpoint that loses vectors", async () => {
    await expect(classify({}, " ")).rejects.toMatchObject({ code: "value-invalid" });
    await expect(classify({}, "text", () => [[1, 0]])).rejects.toMatchObject({ code: "model-protocol" });
    await expect(classify({}, "text", () => [[1, 0], [1], [0, 1]])).rejects.toMatchObject({ code: "model-protocol" });
  });
});

describe("the settings", () => {
  it.each([
    [{ labels: [labels[0]] }],
    [{ labels: [labels[0], { name: "Delivery", examples: ["x"] }] }],
    [{ labels: [labels[0], { name: "scores", examples: ["x"] }] }],
    [{ labels: [labels[0], { name: "empty", examples: [] }] }],
    [{ labels: [labels[0], { name: "empty", examples: [" "] }] }],
    [{ labels: Array.from({ length: 21 }, (_, index) => ({ name: `l${index}`, examples: ["x"] })) }],
    [{ labels: Array.from({ length: 5 }, (_, index) => ({ name: `l${index}`, examples: Array(41).fill("x") })) }],
    [{ labels, otherLabel: "error" }],
    [{ labels, minimumConfidence: 1.1 }],
  ])("refuse %j", (config) => {
    expect(classifierExamples.config.safeParse(config).success).toBe(false);
  });
});
