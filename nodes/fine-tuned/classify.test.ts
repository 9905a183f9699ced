import { describe, expect, it } from "vitest";
import type { ClassifyReply, ClassifyRequest } from "@/runtime/capability/registry/contract";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { fineTunedClassify, mostLabelPorts } from "./classify";

describeNode(fineTunedClassify, "nodes/fine-tuned/classify.ts");

const classify = async (config: object, scores: Record<string, number>, text = "text") => {
  const requests: ClassifyRequest[] = [];
  const logs: string[] = [];
  const [label = ""] = Object.entries(scores).sort(([, left], [, right]) => right - left)[0] ?? [];
  const reply: ClassifyReply = { version: "m@1", results: [{ label, scores, reasons: [] }] };
  const ctx = nodeContext({
    registry: {
      classify: async (request) => {
        requests.push(request);
        return reply;
      },
    },
    log: (_, message) => logs.push(message),
  });
  const parsed = fineTunedClassify.config.parse({ model: { reference: "m@1", labels: ["a", "b"] }, ...config });
  const outputs = (await fineTunedClassify.run({ config: parsed, inputs: { text }, ctx })) as Record<string, unknown>;
  return { outputs, requests, logs };
};

describe("classifying with a trained model", () => {
  it.each([
    [0.5, "a"],
    [0.6, "a"],
    [0.61, "unsure"],
    [1, "unsure"],
  ])("with a least confidence of %d a text at 0.6 leaves by %s", async (minimumConfidence, exit) => {
    const { outputs } = await classify({ minimumConfidence }, { a: 0.6, b: 0.4 });
    expect(outputs).toMatchObject({ [exit]: "text", label: "a", confidence: 0.6 });
    expect(["a", "b", "unsure"].filter((port) => port in outputs)).toEqual([exit]);
  });

  it("sends a label that came with a later version out of unsure, and says so", async () => {
    const { outputs, logs } = await classify({}, { c: 0.9, a: 0.1 });
    expect(outputs).toMatchObject({ unsure: "text", label: "c" });
    expect(logs[0]).toContain('"c"');
  });

  it("asks for reasons only where they are wanted", async () => {
    expect((await classify({}, { a: 1 })).requests).toEqual([{ model: "m@1", input: ["text"] }]);
    const { outputs, requests } = await classify({ reasons: true }, { a: 1 });
    expect(requests[0]?.reasons).toBe(true);
    expect(outputs.reasons).toEqual([]);
  });

  it("keeps a label apart that is called like a port of its own or of every object", async () => {
    const labels = ["label", "constructor", "unsure"];
    const { outputs } = await classify({ model: { reference: "m@1", labels } }, { constructor: 0.9, label: 0.1 });
    expect(outputs["constructor (label)"]).toBe("text");
  });

  it("gives no ports of their own to more labels than a card can show, and still says the label", async () => {
    const labels = Array.from({ length: mostLabelPorts + 1 }, (_, index) => `l${index}`);
    const { outputs } = await classify({ model: { reference: "m@1", labels } }, { l7: 0.9, l1: 0.1 });
    expect(outputs).toEqual({ label: "l7", confidence: 0.9, scores: { l7: 0.9, l1: 0.1 }, version: "m@1" });
  });

  it("looks at the beginning of a long text and sends on the whole", async () => {
    const long = "x".repeat(8_001);
    const { outputs, requests, logs } = await classify({}, { a: 1 }, long);
    expect(requests[0]?.input[0]).toHaveLength(8_000);
    expect(outputs.a).toBe(long);
    expect(logs[0]).toContain("8000");
  });

  it("refuses an empty text, and a step without a model", async () => {
    await expect(classify({}, { a: 1 }, " ")).rejects.toMatchObject({ code: "value-invalid" });
    await expect(classify({ model: { reference: "", labels: [] } }, { a: 1 })).rejects.toMatchObject({
      code: "registry-unknown",
    });
  });

  it.each([
    [{ model: { reference: "m", labels: Array(1_001).fill("x") } }],
    [{ model: { reference: "x".repeat(201), labels: [] } }],
    [{ minimumConfidence: 1.1 }],
  ])("settings beyond the bounds are refused", (config) => {
    expect(fineTunedClassify.config.safeParse(config).success).toBe(false);
  });
});
