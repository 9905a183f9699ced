import type { InferenceSession } from "onnxruntime-node";
import { OnnxGraph } from "./vision/onnx/onnx-graph";

const inner = 64;
const outer = 16;
/** The largest numbers that a quantized product can meet. */
const [unsigned, signed] = [255, 127];
/** Of the ONNX format. */
const [uint8, int8, float32] = [2, 3, 1];

const cast = (graph: OnnxGraph, from: string, to: string, type: number) =>
  graph.node("Cast", [from], to, [{ name: "to", type: "integer", value: type }]);

const alone = { intraOpNumThreads: 1, interOpNumThreads: 1 };

/** Multiplies the largest 8-bit numbers as a quantized model would, and says whether that comes out right on this processor. */
export const multipliesExactly = async (options: InferenceSession.SessionOptions = alone): Promise<boolean> => {
  // Loaded with the first model: an endpoint that only chats needs no part of it.
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const graph = new OnnxGraph();
  graph.input("numbers", [1, inner]);
  const weights = graph.constant("weights", [inner, outer], new Float32Array(inner * outer).fill(signed));
  const factors = [cast(graph, "numbers", "left", uint8), cast(graph, weights, "right", int8)];
  cast(graph, graph.node("MatMulInteger", factors, "whole"), "products", float32);
  graph.output("products", [1, outer]);
  const session = await InferenceSession.create(graph.finish(), options);
  const numbers = new Tensor("float32", new Float32Array(inner).fill(unsigned), [1, inner]);
  const { products } = await session.run({ numbers });
  await session.release();
  return Array.from(products?.data as Float32Array).every((product) => product === inner * unsigned * signed);
};

let exact: Promise<boolean> | undefined;

/**
 * How every model is opened. On x86 processors without VNNI the runtime's product of 8-bit numbers overflows its 16-bit sums, and a quantized model answers
 * nonsense without a word (https://github.com/microsoft/onnxruntime/pull/12088); there it is told to take the exact one, which costs half as much again or more.
 * Without an arena: it keeps for good what the longest text or largest picture ever took, some 200 MB in each process, and saves no time that can be measured.
 */
export const sessionOptions = async (threads: number) => {
  exact ??= multipliesExactly();
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    ...(!(await exact) && { extra: { session: { x64quantprecision: "1" } } }),
  } satisfies InferenceSession.SessionOptions;
};
