import { InferenceSession, Tensor } from "onnxruntime-node";
import { expect, it } from "vitest";
import { keepOutputs } from "./keep-outputs";
import { OnnxGraph } from "./onnx-graph";

const model = () => {
  const graph = new OnnxGraph();
  graph.input("numbers", [1, 3]);
  graph.node("Abs", ["numbers"], "sizes");
  graph.node("Neg", ["sizes"], "turned");
  graph.output("sizes", [1, 3]);
  graph.output("turned", [1, 3]);
  return graph.finish();
};
const run = async (bytes: Uint8Array) => {
  const session = await InferenceSession.create(bytes);
  const found = await session.run({ numbers: new Tensor("float32", Float32Array.of(1, -2, 3), [1, 3]) });
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, [...(data as Float32Array)]]));
};

it("leaves out outputs that nobody wants, and what they are made of stays", async () => {
  expect(await run(model())).toEqual({ sizes: [1, 2, 3], turned: [-1, -2, -3] });
  expect(await run(keepOutputs(model(), ["turned"]))).toEqual({ turned: [-1, -2, -3] });
  expect(keepOutputs(model(), ["sizes", "turned"])).toEqual(model());
});

it("refuses what is no model", () => {
  expect(() => keepOutputs(Uint8Array.of(0x80), ["a"])).toThrow(/ends within a number/);
  expect(() => keepOutputs(Uint8Array.of(0x3a, 0x7f, 1), ["a"])).toThrow(/has no end/);
  expect(() => keepOutputs(Uint8Array.of(0x3b), ["a"])).toThrow(/has no end/);
});
