/** How many tokens, numbers and layers a packed encoder has. */
export interface PackedShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly inner: number;
  /** Tokens that it reads at once. */
  readonly positions: number;
  readonly epsilon: number;
}

export interface PackedVocabulary {
  readonly pieces: readonly string[];
  /** Logarithm of each piece's probability. */
  readonly scores: Float32Array;
  readonly start: number;
  readonly end: number;
  readonly unknown: number;
  /** What a character is read as, where that is not itself. */
  readonly rewritten: ReadonlyMap<string, string>;
}

export interface PackedFile {
  readonly shape: PackedShape;
  readonly vocabulary: PackedVocabulary;
  /** Bytes of a named tensor: 32-bit floats, or blocks of 4-bit weights. */
  tensor(name: string): Uint8Array;
}

const MAGIC = "E5S1";
/** Weights of one block, which share a scale. */
export const BLOCK_WEIGHTS = 32;
/** A half-precision scale and 32 weights of half a byte. */
export const BLOCK_BYTES = 18;
const MOST_PIECES = 1_000_000;
const MOST_LAYERS = 64;

/**
 * Reads the file that multilingual-e5-small is packed in: dimensions, the vocabulary of its unigram tokenizer, and named tensors. All
 * numbers are little-endian. Throws where the file is not of this form.
 */
export function readPackedFile(bytes: Uint8Array): PackedFile {
  // Not a Buffer, whose `slice` gives no copy.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor = new Cursor(file);
  if (cursor.text(4) !== MAGIC) throw new Error("this is not a packed encoder");
  cursor.int();
  const [width = 0, layers = 0, heads = 0, inner = 0, , positions = 0] = Array.from({ length: 7 }, () => cursor.int());
  const shape = { width, layers, heads, inner, positions, epsilon: cursor.float() };
  const block = cursor.int();
  if (
    block !== BLOCK_WEIGHTS ||
    layers < 1 ||
    layers > MOST_LAYERS ||
    width % heads !== 0 ||
    width % BLOCK_WEIGHTS !== 0
  )
    throw new Error("the dimensions of the packed encoder make no sense");
  const vocabulary = readVocabulary(cursor);
  const tensors = new Map<string, Uint8Array>();
  for (let left = cursor.int(); left > 0; left--) {
    const name = cursor.text(cursor.short());
    cursor.byte();
    cursor.int();
    const start = cursor.long();
    const length = cursor.long();
    if (start + length > file.length) throw new Error(`the packed encoder ends before ${name}`);
    tensors.set(name, file.subarray(start, start + length));
  }
  return {
    shape,
    vocabulary,
    tensor: (name) => {
      const found = tensors.get(name);
      if (!found) throw new Error(`the packed encoder has no ${name}`);
      return found;
    },
  };
}

function readVocabulary(cursor: Cursor): PackedVocabulary {
  const count = cursor.int();
  if (count < 1 || count > MOST_PIECES) throw new Error("the vocabulary of the packed encoder makes no sense");
  const [start = 0, end = 0, , unknown = 0] = Array.from({ length: 4 }, () => cursor.int());
  const bytes = cursor.long();
  const places = Array.from({ length: count + 1 }, () => cursor.int());
  const scores = Float32Array.from({ length: count }, () => cursor.float());
  const all = cursor.bytes(bytes);
  const decoder = new TextDecoder();
  const pieces = Array.from({ length: count }, (_, index) =>
    decoder.decode(all.subarray(places[index], places[index + 1])),
  );
  const rewritten = new Map<string, string>();
  const rules = cursor.int();
  cursor.int();
  for (let left = rules; left > 0; left--) {
    const from = cursor.int();
    const to = Array.from({ length: cursor.byte() }, () => String.fromCodePoint(cursor.int()));
    rewritten.set(String.fromCodePoint(from), to.join(""));
  }
  return { pieces, scores, start, end, unknown, rewritten };
}

/** Throws a RangeError at the end of the file. */
class Cursor {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(file: Uint8Array) {
    this.#file = file;
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  }

  bytes(length: number): Uint8Array {
    if (this.#at + length > this.#file.length) throw new RangeError("the packed encoder ends too early");
    this.#at += length;
    return this.#file.subarray(this.#at - length, this.#at);
  }

  text = (length: number): string => new TextDecoder("latin1").decode(this.bytes(length));
  byte = (): number => this.#view.getUint8(this.#step(1));
  short = (): number => this.#view.getUint16(this.#step(2), true);
  int = (): number => this.#view.getUint32(this.#step(4), true);
  float = (): number => this.#view.getFloat32(this.#step(4), true);
  long = (): number => Number(this.#view.getBigUint64(this.#step(8), true));

  #step(length: number): number {
    this.#at += length;
    return this.#at - length;
  }
}
