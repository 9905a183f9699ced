import { BLOCK_BYTES, BLOCK_WEIGHTS } from "./packed-file";

export interface FixtureShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly inner: number;
  readonly positions: number;
}

/** A vocabulary of the first four marks and these pieces. */
export const fixturePieces: readonly (readonly [string, number])[] = [
  ["<s>", 0],
  ["<pad>", 0],
  ["</s>", 0],
  ["<unk>", 0],
  ["\u2581", -3],
  ["\u2581a", -4],
  ["\u2581query:", -2],
  ["\u2581passage:", -2],
  ["b", -5],
  ["ab", -6],
  ["\u2581ab", -5],
  ["好", -6],
  ["你好", -7],
  ["\u2581你", -7],
];

/** A packed encoder with weights made by `random` (0 to 1), and every tensor as 32-bit floats. */
export function packedFixture(shape: FixtureShape, random: () => number) {
  const { width, layers, inner, positions } = shape;
  const values = new Map<string, number[]>();
  const bytes = new Map<string, Buffer>();
  const floats = (name: string, count: number, around = 0) => {
    const numbers = Array.from({ length: count }, () => Math.fround(around + (random() - 0.5) / 2));
    const buffer = Buffer.alloc(count * 4);
    for (const [index, number] of numbers.entries()) buffer.writeFloatLE(number, index * 4);
    values.set(name, numbers);
    bytes.set(name, buffer);
  };
  const blocks = (name: string, count: number) => {
    const numbers: number[] = [];
    const buffer = Buffer.alloc((count / BLOCK_WEIGHTS) * BLOCK_BYTES);
    for (let block = 0; block < count / BLOCK_WEIGHTS; block++) {
      // 2 to the power -4: exact in half precision.
      buffer.writeUInt16LE(0x2c00, block * BLOCK_BYTES);
      const weights = Array.from({ length: BLOCK_WEIGHTS }, () => Math.floor(random() * 16));
      for (let pair = 0; pair < BLOCK_WEIGHTS / 2; pair++)
        buffer[block * BLOCK_BYTES + 2 + pair] = (weights[pair] ?? 0) | ((weights[pair + 16] ?? 0) << 4);
      numbers.push(...weights.map((weight) => (weight - 8) / 16));
    }
    values.set(name, numbers);
    bytes.set(name, buffer);
  };
  blocks("emb.word", fixturePieces.length * width);
  floats("emb.pos", positions * width);
  floats("emb.type", width);
  const norm = (name: string) => {
    floats(`${name}.w`, width, 1);
    floats(`${name}.b`, width);
  };
  norm("emb.ln");
  for (let layer = 0; layer < layers; layer++) {
    for (const [part, from, to] of [
      ["q", width, width],
      ["k", width, width],
      ["v", width, width],
      ["ao", width, width],
      ["fi", width, inner],
      ["fo", inner, width],
    ] as const) {
      blocks(`l${layer}.${part}.w`, from * to);
      floats(`l${layer}.${part}.b`, to);
    }
    norm(`l${layer}.aln`);
    norm(`l${layer}.oln`);
  }
  return { file: written(shape, bytes), values };
}

function written(
  { width, layers, heads, inner, positions }: FixtureShape,
  tensors: ReadonlyMap<string, Buffer>,
): Buffer {
  const int = (...numbers: number[]) => {
    const buffer = Buffer.alloc(numbers.length * 4);
    for (const [index, number] of numbers.entries()) buffer.writeUInt32LE(number, index * 4);
    return buffer;
  };
  const long = (number: number) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigUInt64LE(BigInt(number));
    return buffer;
  };
  const float = (number: number) => {
    const buffer = Buffer.alloc(4);
    buffer.writeFloatLE(number);
    return buffer;
  };
  const pieces = fixturePieces.map(([piece]) => Buffer.from(piece));
  const places = [0];
  for (const piece of pieces) places.push((places.at(-1) ?? 0) + piece.length);
  const head = Buffer.concat([
    Buffer.from("E5S1"),
    int(1, width, layers, heads, inner, pieces.length, positions, 1),
    float(1e-12),
    int(BLOCK_WEIGHTS),
    int(pieces.length, 0, 2, 1, 3),
    long(places.at(-1) ?? 0),
    int(...places),
    ...fixturePieces.map(([, score]) => float(score)),
    ...pieces,
    // Two rewritten characters: a full-width "ａ", and the tabulator as a space.
    int(2, 20, 0xff41),
    Buffer.from([1]),
    int(0x61, 0x09),
    Buffer.from([1]),
    int(0x20),
  ]);
  const directorySize = [...tensors.keys()].reduce((sum, name) => sum + 2 + name.length + 1 + 4 + 16, 4);
  let at = head.length + directorySize;
  const directory = [int(tensors.size)];
  for (const [name, body] of tensors) {
    directory.push(
      Buffer.from([name.length, 0]),
      Buffer.from(name),
      Buffer.from([0]),
      int(0),
      long(at),
      long(body.length),
    );
    at += body.length;
  }
  return Buffer.concat([head, ...directory, ...tensors.values()]);
}
