import { OnnxGraph } from "../../vision/onnx/onnx-graph";
import { BLOCK_BYTES, BLOCK_WEIGHTS, type PackedFile } from "./packed-file";

/** Products with 4-bit weights: the other side is made 8-bit block by block, and sums are exact. */
const EIGHT_BIT_PRODUCTS = 4;

/**
 * A BERT encoder with 4-bit weights as an ONNX model: "embeddings" (tokens x width, before their normalization) in, "mean" (width numbers) out.
 * J. Devlin et al., "BERT" (2019); the layers are normalized after each residual, as there.
 */
export function encoderGraph(file: PackedFile): Uint8Array {
  const { shape } = file;
  const { width, layers, heads, inner } = shape;
  const graph = new OnnxGraph();
  graph.input("embeddings", ["tokens", width]);

  const floats = (name: string, ...sizes: readonly number[]) =>
    graph.constant(name, sizes, floatsOf(file.tensor(name)));
  const product = (input: string, name: string, from: number, to: number) => {
    const { weights, scales } = repacked(file.tensor(`${name}.w`), from * to);
    const inputs = [
      input,
      graph.constant(`${name}.w`, [to, from / BLOCK_WEIGHTS, BLOCK_WEIGHTS / 2], weights),
      graph.constant(`${name}.s`, [scales.length], scales),
    ];
    const multiplied = graph.runtimeNode("MatMulNBits", inputs, `${name}/product`, [
      { name: "K", type: "integer", value: from },
      { name: "N", type: "integer", value: to },
      { name: "bits", type: "integer", value: 4 },
      { name: "block_size", type: "integer", value: BLOCK_WEIGHTS },
      { name: "accuracy_level", type: "integer", value: EIGHT_BIT_PRODUCTS },
    ]);
    return graph.node("Add", [multiplied, floats(`${name}.b`, to)], `${name}/sum`);
  };
  const normalized = (input: string, name: string) =>
    graph.node(
      "LayerNormalization",
      [input, floats(`${name}.w`, width), floats(`${name}.b`, width)],
      `${name}/normalized`,
      [{ name: "epsilon", type: "float", value: shape.epsilon }],
    );
  const apart = graph.constant("apart", [3], BigInt64Array.of(-1n, BigInt(heads), BigInt(width / heads)));
  const together = graph.constant("together", [2], BigInt64Array.of(-1n, BigInt(width)));
  const scale = graph.constant("scale", [], Float32Array.of(1 / Math.sqrt(width / heads)));
  const byHead = (input: string, name: string, order: readonly number[]) =>
    graph.node("Transpose", [graph.node("Reshape", [input, apart], `${name}/apart`)], `${name}/heads`, [
      { name: "perm", type: "integers", value: order },
    ]);

  let state = normalized("embeddings", "emb.ln");
  for (let layer = 0; layer < layers; layer++) {
    const at = (part: string) => `l${layer}.${part}`;
    const query = byHead(product(state, at("q"), width, width), at("q"), [1, 0, 2]);
    const key = byHead(product(state, at("k"), width, width), at("k"), [1, 2, 0]);
    const value = byHead(product(state, at("v"), width, width), at("v"), [1, 0, 2]);
    const fit = graph.node("Mul", [graph.node("MatMul", [query, key], at("fit")), scale], at("scaled"));
    const shares = graph.node("Softmax", [fit], at("shares"), [{ name: "axis", type: "integer", value: -1 }]);
    const seen = graph.node("Transpose", [graph.node("MatMul", [shares, value], at("seen"))], at("turned"), [
      { name: "perm", type: "integers", value: [1, 0, 2] },
    ]);
    const attended = product(graph.node("Reshape", [seen, together], at("together")), at("ao"), width, width);
    const middle = normalized(graph.node("Add", [state, attended], at("attended")), at("aln"));
    const wide = graph.runtimeNode("Gelu", [product(middle, at("fi"), width, inner)], at("gelu"));
    state = normalized(graph.node("Add", [middle, product(wide, at("fo"), inner, width)], at("read")), at("oln"));
  }
  graph.node("ReduceMean", [state], "mean", [
    { name: "axes", type: "integers", value: [0] },
    { name: "keepdims", type: "integer", value: 0 },
  ]);
  graph.output("mean", [width]);
  return graph.finish();
}

/** The same weights in the order that the runtime reads: neighbours share a byte, where the file pairs each with the 16th after it. */
function repacked(blocks: Uint8Array, count: number): { weights: Uint8Array; scales: Float32Array } {
  const amount = count / BLOCK_WEIGHTS;
  if (blocks.length !== amount * BLOCK_BYTES)
    throw new Error("a tensor of the packed encoder has another size than it should");
  const half = BLOCK_WEIGHTS / 2;
  const weights = new Uint8Array(amount * half);
  const scales = new Float32Array(amount);
  for (let block = 0; block < amount; block++) {
    const start = block * BLOCK_BYTES;
    scales[block] = halfPrecision(blocks, start);
    const weight = (index: number) => {
      const pair = blocks[start + 2 + (index % half)] ?? 0;
      return index < half ? pair & 15 : pair >> 4;
    };
    for (let pair = 0; pair < half; pair++)
      weights[block * half + pair] = weight(2 * pair) | (weight(2 * pair + 1) << 4);
  }
  return { weights, scales };
}

/** IEEE 754 half precision, little-endian. */
export function halfPrecision(bytes: Uint8Array, at: number): number {
  const bits = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A copy: the file's floats need not lie where a Float32Array may begin. */
export const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);
