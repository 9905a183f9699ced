import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../../onnx-session";
import type { Encoding, TextEncoder } from "../encoder";
import { unit } from "../unit";
import { windows } from "../windows";
import { encoderGraph, floatsOf, halfPrecision } from "./encoder-graph";
import { BLOCK_BYTES, BLOCK_WEIGHTS, type PackedVocabulary, readPackedFile } from "./packed-file";
import { UnigramTokenizer } from "./unigram";

/** How the model was trained to tell a question from a passage. A text without either is read as a question: so are two texts that are compared. */
const marks = ["query: ", "passage: "] as const;

/** multilingual-e5-small with 4-bit weights. L. Wang et al., "Multilingual E5 Text Embeddings" (2024). */
export class PackedEncoder implements TextEncoder {
  readonly #session: InferenceSession;
  readonly #tensor: typeof Tensor;
  readonly #tokenizer: UnigramTokenizer;
  readonly #vocabulary: PackedVocabulary;
  readonly #rows: TokenRows;
  readonly #windowTokens: number;

  private constructor(
    session: InferenceSession,
    tensor: typeof Tensor,
    vocabulary: PackedVocabulary,
    rows: TokenRows,
    windowTokens: number,
  ) {
    this.#session = session;
    this.#tensor = tensor;
    this.#vocabulary = vocabulary;
    this.#tokenizer = new UnigramTokenizer(vocabulary);
    this.#rows = rows;
    this.#windowTokens = windowTokens;
  }

  static async load(path: string, threads: number): Promise<PackedEncoder> {
    const file = readPackedFile(await readFile(path));
    const { InferenceSession, Tensor } = await import("onnxruntime-node");
    const session = await InferenceSession.create(encoderGraph(file), await sessionOptions(threads));
    const rows = new TokenRows(file.shape.width, {
      // A copy, so that the rest of the file can go.
      words: file.tensor("emb.word").slice(),
      positions: floatsOf(file.tensor("emb.pos")),
      type: floatsOf(file.tensor("emb.type")),
    });
    return new PackedEncoder(session, Tensor, file.vocabulary, rows, file.shape.positions);
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }

  async encode(text: string, signal: AbortSignal): Promise<Encoding> {
    const { start, end } = this.#vocabulary;
    const ids = this.#tokenizer.encode(marks.some((mark) => text.startsWith(mark)) ? text : marks[0] + text);
    const sum: number[] = [];
    for (const part of windows(ids, this.#windowTokens - 2)) {
      await nextTurn();
      signal.throwIfAborted();
      const embeddings = this.#rows.of([start, ...part, end]);
      const input = new this.#tensor("float32", embeddings, [part.length + 2, this.#rows.width]);
      const { mean } = await this.#session.run({ embeddings: input });
      for (const [index, value] of Object.entries(mean?.data ?? []))
        sum[Number(index)] = (sum[Number(index)] ?? 0) + Number(value) * (part.length + 1);
    }
    return { vector: unit(sum), tokens: ids.length + 2 };
  }
}

interface Tables {
  /** Blocks of 4-bit weights, a row a token. */
  readonly words: Uint8Array;
  readonly positions: Float32Array;
  readonly type: Float32Array;
}

/** What a token is before the first layer: kept in 4 bits and written out for the tokens of a text only, for the whole table would take 400 MB. */
class TokenRows {
  readonly width: number;
  readonly #tables: Tables;

  constructor(width: number, tables: Tables) {
    this.width = width;
    this.#tables = tables;
  }

  of(ids: readonly number[]): Float32Array {
    const { width } = this;
    const { words, positions, type } = this.#tables;
    const rows = new Float32Array(ids.length * width);
    const blocks = width / BLOCK_WEIGHTS;
    const half = BLOCK_WEIGHTS / 2;
    for (const [place, id] of ids.entries())
      for (let block = 0; block < blocks; block++) {
        const from = (id * blocks + block) * BLOCK_BYTES;
        const scale = halfPrecision(words, from);
        const to = place * width + block * BLOCK_WEIGHTS;
        for (let pair = 0; pair < half; pair++) {
          const both = words[from + 2 + pair] ?? 0;
          rows[to + pair] = ((both & 15) - 8) * scale;
          rows[to + pair + half] = ((both >> 4) - 8) * scale;
        }
      }
    for (let index = 0; index < rows.length; index++)
      rows[index] = (rows[index] ?? 0) + (positions[index] ?? 0) + (type[index % width] ?? 0);
    return rows;
  }
}
