import { batchNormalization, convolution, depthwiseConvolution, perChannel, relu6, type Weight } from "../onnx/layers";
import { OnnxGraph } from "../onnx/onnx-graph";
import { weightNamed } from "../onnx/read-weights";

/** One node of a TensorFlow graph as TensorFlow.js writes it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: {
    readonly strides?: { readonly list: { readonly i: readonly string[] } };
    /** "SAME" or "VALID", as character codes. */
    readonly padding?: { readonly s: readonly number[] };
    readonly epsilon?: { readonly f: number };
  };
}

export interface Cut {
  /** The picture enters in place of this node: [1, 3, size, size]. */
  readonly input: string;
  readonly size: number;
  /** Node and shape of what is read. */
  readonly outputs: readonly { readonly node: string; readonly shape: readonly number[] }[];
}

/** The part of the graph between a picture and the raw predictions, as an ONNX model. What is before and after is plain code here. */
export function graphToOnnx(
  nodes: readonly GraphNode[],
  weights: ReadonlyMap<string, Weight>,
  { input, size, outputs }: Cut,
): Uint8Array {
  const graph = new OnnxGraph();
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const written = new Set<string>([input]);
  graph.input(input, [1, 3, size, size]);

  function write(name: string): string {
    if (written.has(name)) return name;
    const node = byName.get(name);
    if (!node) throw new Error(`the graph has no node ${name}`);
    written.add(name);
    const [first = "", second = "", ...others] = node.input ?? [];
    const weight = (of: string) => weightNamed(weights, of);
    switch (node.op) {
      case "Const":
        return perChannel(graph, name, weight(name));
      case "Conv2D":
        return convolution(graph, name, { input: write(first), kernel: weight(second), ...geometryOf(node) });
      case "DepthwiseConv2dNative":
        return depthwiseConvolution(graph, name, { input: write(first), kernel: weight(second), ...geometryOf(node) });
      case "Add":
      case "AddN":
      case "BiasAdd":
        return graph.node("Add", [write(first), write(second)], name);
      case "Mul":
        return graph.node("Mul", [write(first), write(second)], name);
      case "Relu6":
        return relu6(graph, name, write(first));
      case "FusedBatchNorm": {
        const [offset = "", mean = "", variance = ""] = others;
        return batchNormalization(graph, name, {
          input: write(first),
          scale: weight(second),
          offset: weight(offset),
          mean: weight(mean),
          variance: weight(variance),
          epsilon: node.attr?.epsilon?.f ?? 0,
        });
      }
      case "Reshape": {
        // TensorFlow counts the channels last; so must what is reshaped.
        const turned = graph.node("Transpose", [write(first)], `${name}/turned`, [
          { name: "perm", type: "integers", value: [0, 2, 3, 1] },
        ]);
        const shape = packed(byName.get(second), weights);
        const target = graph.constant(`${name}/shape`, [shape.length], BigInt64Array.from(shape, BigInt));
        return graph.node("Reshape", [turned, target], name);
      }
      case "ConcatV2":
        return graph.node("Concat", [first, second, ...others].slice(0, -1).map(write), name, [
          { name: "axis", type: "integer", value: 1 },
        ]);
      default:
        throw new Error(`the graph uses ${node.op}, which is not known here`);
    }
  }

  for (const { node, shape } of outputs) graph.output(write(node), shape);
  return graph.finish();
}

function geometryOf({ attr }: GraphNode) {
  const [, height = "1", width = "1"] = attr?.strides?.list.i ?? [];
  const same = String.fromCharCode(...(attr?.padding?.s ?? [])) === "SAME";
  return { strides: [Number(height), Number(width)], padding: same ? "same" : "valid" } as const;
}

/** A shape that the graph puts together; the number of pictures, which it asks at run time, is 1. */
const packed = (node: GraphNode | undefined, weights: ReadonlyMap<string, Weight>): number[] =>
  (node?.input ?? []).map((name) => weights.get(name)?.values[0] ?? 1);
