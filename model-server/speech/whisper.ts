import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Processor, Tensor, WhisperForConditionalGeneration } from "@huggingface/transformers";
import type { InferenceSession } from "onnxruntime-node";
import { sessionOptions } from "../onnx-session";
import { keepOutputs } from "../vision/onnx/keep-outputs";
import type { Speech } from "./audio/decode-speech";
import { SPEECH_RATE } from "./audio/sound";
import { repeatsItself } from "./repetition";
import { readSegments, type Segment } from "./segments";
import type { Stretch } from "./voiced-stretches";

/** Of the encoder, the one output that is written down from. */
const heardOutput = "last_hidden_state";

type Transformers = typeof import("@huggingface/transformers");

export interface WhisperOptions {
  /** Folder that holds the models, and the model's folder inside it. */
  readonly modelsFolder: string;
  readonly name: string;
  readonly threads: number;
}

/** A window as the model hears it. */
export interface Heard {
  readonly features: Tensor;
  readonly hidden: Tensor;
  /** Of the window, in seconds. */
  readonly start: number;
  readonly end: number;
}

export interface WriteOptions {
  /** ISO 639-1. */
  readonly language: string;
  /** Words to expect. */
  readonly prompt: string | undefined;
  readonly signal: AbortSignal;
}

/** Half of what the model can write; the other half is for a prompt. */
const MOST_TOKENS = 220;
const MOST_PROMPT_TOKENS = 200;
/** Without a nudge the model writes Mandarin in either script. */
const simplifiedChinese = "以下是普通话的句子。";

/** Of the model's generation_config.json. */
interface Generation {
  readonly lang_to_id: Readonly<Record<string, number>>;
  readonly no_timestamps_token_id: number;
  readonly decoder_start_token_id: number;
}

type GenerateOptions = Parameters<WhisperForConditionalGeneration["generate"]>[0];

/** Speech to text in 99 languages (Whisper base). */
export class Whisper {
  readonly #transformers: Transformers;
  readonly #model: WhisperForConditionalGeneration;
  readonly #encoder: InferenceSession;
  readonly #processor: Processor;
  readonly #generation: Generation;

  private constructor(
    {
      transformers,
      model,
      encoder,
    }: {
      readonly transformers: Transformers;
      readonly model: WhisperForConditionalGeneration;
      readonly encoder: InferenceSession;
    },
    processor: Processor,
  ) {
    this.#transformers = transformers;
    this.#model = model;
    this.#encoder = encoder;
    this.#processor = processor;
    this.#generation = model.generation_config as unknown as Generation;
  }

  static async load({ modelsFolder, name, threads }: WhisperOptions): Promise<Whisper> {
    const transformers = await import("@huggingface/transformers");
    const { AutoProcessor, env, WhisperForConditionalGeneration } = transformers;
    env.allowRemoteModels = false;
    env.localModelPath = modelsFolder;
    const options = await sessionOptions(threads);
    const model = (await WhisperForConditionalGeneration.from_pretrained(name, {
      dtype: "q8",
      device: "cpu",
      session_options: options,
    })) as WhisperForConditionalGeneration;
    // What each of six layers attended to is 430 MB of a window, and of no use here.
    const { InferenceSession } = await import("onnxruntime-node");
    const file = await readFile(path.join(modelsFolder, name, "onnx", "encoder_model_quantized.onnx"));
    const encoder = await InferenceSession.create(keepOutputs(file, [heardOutput]), options);
    await (model.sessions.model as InferenceSession).release();
    // Left to itself it leaves out what was heard already, and listens to the window once more.
    (model as unknown as { readonly forward_params: string[] }).forward_params.push("encoder_outputs");
    return new Whisper({ transformers, model, encoder }, await AutoProcessor.from_pretrained(name));
  }

  /** ISO 639-1 codes of the languages it knows, and some longer ones. */
  get languages(): readonly string[] {
    return Object.keys(this.#generation.lang_to_id).map((token) => token.slice(2, -2));
  }

  /** What the model hears in a window of at most 30 seconds; the longest part of its work. */
  async listen(speech: Speech, { from, to }: Stretch): Promise<Heard> {
    const samples = Float32Array.from(speech.subarray(from, to), (value) => value / 32_768);
    const { input_features } = (await this.#processor(samples)) as { input_features: Tensor };
    const { [heardOutput]: last } = await this.#encoder.run({ input_features: input_features.ort_tensor as never });
    const hidden = new this.#transformers.Tensor(last as never);
    return { features: input_features, hidden, start: from / SPEECH_RATE, end: to / SPEECH_RATE };
  }

  /** ISO 639-1, where there is one. */
  async recognizeLanguage({ features, hidden }: Heard): Promise<string> {
    const start = new this.#transformers.Tensor("int64", [BigInt(this.#generation.decoder_start_token_id)], [1, 1]);
    const { logits } = await this.#model({
      input_features: features,
      encoder_outputs: hidden,
      decoder_input_ids: start,
    });
    const scores = logits.data as Float32Array;
    const [best] = Object.entries(this.#generation.lang_to_id).sort(
      ([, left], [, right]) => (scores[right] ?? 0) - (scores[left] ?? 0),
    );
    return best?.[0].slice(2, -2) ?? "en";
  }

  /** Writes down what was heard. Rejects with the signal's reason when the caller has gone. */
  async write(heard: Heard, options: WriteOptions): Promise<Segment[]> {
    const segments = await this.#writeOnce(heard, options, {});
    if (!repeats(segments)) return segments;
    const again = await this.#writeOnce(heard, options, { no_repeat_ngram_size: 4, repetition_penalty: 1.2 });
    return again.filter(({ text }) => !repeatsItself(text));
  }

  async #writeOnce(heard: Heard, { language, prompt, signal }: WriteOptions, how: object): Promise<Segment[]> {
    const beginning = this.#beginning(language, prompt);
    const { InterruptableStoppingCriteria, StoppingCriteriaList, Tensor } = this.#transformers;
    const interrupt = new InterruptableStoppingCriteria();
    const stop = () => interrupt.interrupt();
    signal.addEventListener("abort", stop, { once: true });
    const stopping = new StoppingCriteriaList();
    stopping.push(interrupt);
    try {
      const written = (await this.#model.generate({
        inputs: heard.features,
        encoder_outputs: heard.hidden,
        decoder_input_ids: beginning,
        return_timestamps: true,
        max_new_tokens: MOST_TOKENS,
        stopping_criteria: stopping,
        ...how,
      } as unknown as GenerateOptions)) as Tensor;
      signal.throwIfAborted();
      if (!(written instanceof Tensor)) throw new Error("the model wrote nothing");
      return readSegments(Array.from(written.data as BigInt64Array, Number).slice(beginning.length), {
        firstTime: this.#generation.no_timestamps_token_id + 1,
        window: heard,
        decode: (words) => this.#tokenizer.decode([...words], { skip_special_tokens: true }),
      });
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** What the model takes as already written: earlier words, then language and task. */
  #beginning(language: string, prompt: string | undefined): number[] {
    const token = (name: string) => this.#tokenizer.encode(name, { add_special_tokens: false })[0] ?? 0;
    const { decoder_start_token_id: start, lang_to_id: languages } = this.#generation;
    const task = [start, languages[`<|${language}|>`] ?? 0, token("<|transcribe|>")];
    const words = prompt ?? (language === "zh" ? simplifiedChinese : "");
    if (!words) return task;
    // Marks of the model's own inside a client's words stay words.
    const plain = words.replaceAll("<|", "< |");
    const earlier = this.#tokenizer.encode(` ${plain.trim()}`, { add_special_tokens: false });
    return [token("<|startofprev|>"), ...earlier.slice(-MOST_PROMPT_TOKENS), ...task];
  }

  get #tokenizer() {
    const { tokenizer } = this.#processor;
    if (!tokenizer) throw new Error("the model has no tokenizer");
    return tokenizer;
  }
}

/** A loop is one long segment; somebody may well say the same sentence twice. */
const repeats = (segments: readonly Segment[]) => segments.some(({ text }) => repeatsItself(text));
