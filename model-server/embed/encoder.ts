import { setImmediate as nextTurn } from "node:timers/promises";
import type { PreTrainedModel, PreTrainedTokenizer, Tensor } from "@huggingface/transformers";
import { sessionOptions } from "../onnx-session";
import { unit } from "./unit";
import { windows } from "./windows";

export interface EncoderOptions {
  /** Folder that holds the models, and the model's folder inside it. */
  readonly modelsFolder: string;
  readonly name: string;
  readonly pooling: "mean" | "first";
  /** Tokens the model reads well at once, its two marks included. A longer text is read in windows. */
  readonly windowTokens: number;
  readonly lowercase: boolean;
  readonly threads: number;
}

export interface Encoding {
  /** Of length 1. */
  readonly vector: Float32Array;
  readonly tokens: number;
}

export interface TextEncoder {
  /** Rejects with the signal's reason when the client leaves. */
  encode(text: string, signal: AbortSignal): Promise<Encoding>;
  dispose(): Promise<void>;
}

/**
 * One embedding model. Reads one text at a time: the weights are 8-bit and scale by what is read together, so a text's vector
 * would otherwise depend on its neighbours in the request. It also lets other work in between two texts.
 */
export class Encoder implements TextEncoder {
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #model: PreTrainedModel;
  readonly #tensor: typeof Tensor;
  readonly #options: EncoderOptions;

  private constructor(
    tokenizer: PreTrainedTokenizer,
    model: PreTrainedModel,
    tensor: typeof Tensor,
    options: EncoderOptions,
  ) {
    this.#tokenizer = tokenizer;
    this.#model = model;
    this.#tensor = tensor;
    this.#options = options;
  }

  static async load(options: EncoderOptions): Promise<Encoder> {
    const { AutoModel, AutoTokenizer, env, Tensor } = await import("@huggingface/transformers");
    env.allowRemoteModels = false;
    env.localModelPath = options.modelsFolder;
    const tokenizer = await AutoTokenizer.from_pretrained(options.name);
    const model = await AutoModel.from_pretrained(options.name, {
      dtype: "q8",
      device: "cpu",
      session_options: await sessionOptions(options.threads),
    });
    return new Encoder(tokenizer, model, Tensor, options);
  }

  async dispose(): Promise<void> {
    await this.#model.dispose();
  }

  async encode(text: string, signal: AbortSignal): Promise<Encoding> {
    const { lowercase, windowTokens } = this.#options;
    const ids = this.#tokenizer.encode(lowercase ? text.toLowerCase() : text);
    const [start = 0, end = 0] = [ids[0], ids.at(-1)];
    const sum: number[] = [];
    for (const part of windows(ids.slice(1, -1), windowTokens - 2)) {
      await nextTurn();
      signal.throwIfAborted();
      const vector = await this.#read([start, ...part, end]);
      vector.forEach((value, index) => {
        sum[index] = (sum[index] ?? 0) + value * (part.length + 1);
      });
    }
    return { vector: unit(sum), tokens: ids.length };
  }

  async #read(ids: readonly number[]): Promise<Float32Array> {
    const row = (values: readonly number[]) =>
      new this.#tensor("int64", BigInt64Array.from(values, BigInt), [1, ids.length]);
    const { last_hidden_state } = await this.#model({
      input_ids: row(ids),
      attention_mask: row(ids.map(() => 1)),
      token_type_ids: row(ids.map(() => 0)),
    });
    const states = last_hidden_state.data as Float32Array;
    const width = states.length / ids.length;
    if (this.#options.pooling === "first") return unit(states.slice(0, width));
    const mean = new Float32Array(width);
    states.forEach((value, index) => {
      mean[index % width] = (mean[index % width] ?? 0) + value;
    });
    return unit(mean);
  }
}
