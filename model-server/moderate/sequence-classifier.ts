import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { sessionOptions } from "../onnx-session";
import { overlappingWindows } from "./overlapping-windows";
import { WordPiece } from "./word-piece";

export interface SequenceClassifierOptions {
  readonly model: string;
  readonly vocabulary: string;
  readonly lowercase: boolean;
  /** Tokens read at once, the two around the text included. A longer text is read in windows. */
  readonly windowTokens: number;
  readonly overlapTokens: number;
  readonly threads: number;
}

export interface Classification {
  /** One list a window: the probability of each class. */
  readonly windows: readonly (readonly number[])[];
  readonly tokens: number;
}

/** A BERT model that tells classes of a text. */
export class SequenceClassifier {
  readonly #session: InferenceSession;
  readonly #tokenizer: WordPiece;
  readonly #options: SequenceClassifierOptions;

  private constructor(session: InferenceSession, tokenizer: WordPiece, options: SequenceClassifierOptions) {
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#options = options;
  }

  static async load(options: SequenceClassifierOptions): Promise<SequenceClassifier> {
    const vocabulary = await readFile(options.vocabulary, "utf8");
    const session = await InferenceSession.create(options.model, await sessionOptions(options.threads));
    return new SequenceClassifier(session, new WordPiece(vocabulary, options), options);
  }

  async classify(text: string, signal: AbortSignal): Promise<Classification> {
    const { windowTokens, overlapTokens } = this.#options;
    const tokens = this.#tokenizer.encode(text);
    const windows: number[][] = [];
    for (const window of overlappingWindows(tokens, windowTokens - 2, overlapTokens)) {
      await nextTurn();
      signal.throwIfAborted();
      windows.push(await this.#read([this.#tokenizer.start, ...window, this.#tokenizer.end]));
    }
    return { windows, tokens: tokens.length };
  }

  async #read(ids: readonly number[]): Promise<number[]> {
    const row = (values: readonly number[]) =>
      new Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
    const feeds: Record<string, Tensor> = { input_ids: row(ids), attention_mask: row(ids.map(() => 1)) };
    if (this.#session.inputNames.includes("token_type_ids")) feeds.token_type_ids = row(ids.map(() => 0));
    const { logits } = await this.#session.run(feeds);
    if (!logits) throw new Error("the model gave no logits");
    return softmax(Array.from(logits.data as Float32Array));
  }
}

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
