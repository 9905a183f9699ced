import type { Attribute, OnnxGraph } from "./onnx-graph";

/** A weight of a TensorFlow.js model. Kernels are ordered height, width, inputs, outputs. */
export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type Padding = "same" | "valid";

interface Convolution {
  readonly input: string;
  readonly kernel: Weight;
  readonly strides: readonly number[];
  readonly padding: Padding;
}

/** ONNX orders pictures channel, height, width and kernels outputs, inputs, height, width: everything is turned on its way in. */
export function convolution(graph: OnnxGraph, output: string, { input, kernel, strides, padding }: Convolution) {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = kernel.shape;
  const values = new Float32Array(kernel.values.length);
  for (let at = 0, place = 0; place < height * width; place++)
    for (let from = 0; from < inputs; from++)
      for (let to = 0; to < outputs; to++, at++)
        values[(to * inputs + from) * height * width + place] = kernel.values[at] ?? 0;
  const weights = graph.constant(`${output}/kernel`, [outputs, inputs, height, width], values);
  return graph.node("Conv", [input, weights], output, geometry(strides, padding, 1));
}

/** One filter a channel. */
export function depthwiseConvolution(
  graph: OnnxGraph,
  output: string,
  { input, kernel, strides, padding }: Convolution,
) {
  const [height = 0, width = 0, channels = 0, multiplier = 0] = kernel.shape;
  const filters = channels * multiplier;
  const values = new Float32Array(kernel.values.length);
  for (let at = 0, place = 0; place < height * width; place++)
    for (let filter = 0; filter < filters; filter++, at++)
      values[filter * height * width + place] = kernel.values[at] ?? 0;
  const weights = graph.constant(`${output}/kernel`, [filters, 1, height, width], values);
  return graph.node("Conv", [input, weights], output, geometry(strides, padding, channels));
}

const geometry = (strides: readonly number[], padding: Padding, groups: number): Attribute[] => [
  { name: "strides", type: "integers", value: strides },
  { name: "auto_pad", type: "text", value: padding === "same" ? "SAME_UPPER" : "VALID" },
  { name: "group", type: "integer", value: groups },
];

interface Normalization {
  readonly input: string;
  readonly scale: Weight;
  readonly offset: Weight;
  readonly mean: Weight;
  readonly variance: Weight;
  readonly epsilon: number;
}

export function batchNormalization(graph: OnnxGraph, output: string, norm: Normalization) {
  const parts = (["scale", "offset", "mean", "variance"] as const).map((part) =>
    graph.constant(`${output}/${part}`, norm[part].shape, norm[part].values),
  );
  return graph.node("BatchNormalization", [norm.input, ...parts], output, [
    { name: "epsilon", type: "float", value: norm.epsilon },
  ]);
}

/** Between 0 and 6. */
export function relu6(graph: OnnxGraph, output: string, input: string) {
  const least = graph.constant(`${output}/least`, [], Float32Array.of(0));
  const most = graph.constant(`${output}/most`, [], Float32Array.of(6));
  return graph.node("Clip", [input, least, most], output);
}

/** One number a channel, in the form that is added to or multiplied with a picture. */
export function perChannel(graph: OnnxGraph, name: string, weight: Weight) {
  const shape = weight.shape.length === 0 ? [] : [1, weight.values.length, 1, 1];
  return graph.constant(name, shape, weight.values);
}
