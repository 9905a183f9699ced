import path from "node:path";
import { findModel } from "@/model-server/manifest/manifest.mjs";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { isPresent, modelFolder, modelsFolder } from "@/scripts/models/cache.mjs";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import { type EndpointError, modelFailed, modelNotFetched } from "../errors";
import type { ModelUses } from "../model-uses";
import { Encoder, type Encoding, type TextEncoder } from "./encoder";
import { PackedEncoder } from "./packed/packed-encoder";
import { CHINESE_DIMENSIONS, ENGLISH_DIMENSIONS, encodeShared, SHARED_DIMENSIONS } from "./space";

export const embeddingIds = ["local-embed", "local-embed-en", "local-embed-zh", "multilingual-e5-small"] as const;
export type EmbeddingId = (typeof embeddingIds)[number];

export const dimensionsOf: Readonly<Record<EmbeddingId, number>> = {
  "local-embed": SHARED_DIMENSIONS,
  "local-embed-en": ENGLISH_DIMENSIONS,
  "local-embed-zh": CHINESE_DIMENSIONS,
  "multilingual-e5-small": 384,
};

/** The weights behind each name. */
export const weightsOf: Readonly<Record<EmbeddingId, readonly WeightsId[]>> = {
  "local-embed": ["local-embed-en", "local-embed-zh"],
  "local-embed-en": ["local-embed-en"],
  "local-embed-zh": ["local-embed-zh"],
  "multilingual-e5-small": ["multilingual-e5-small"],
};

export type WeightsId = Exclude<EmbeddingId, "local-embed">;

/** How each was trained: sentence-transformers averages and reads 256 tokens, BGE takes the first token and reads 512. */
const readings = {
  "local-embed-en": { pooling: "mean", windowTokens: 256, lowercase: false },
  // Its vocabulary has small letters only: "API" would be an unknown word.
  "local-embed-zh": { pooling: "first", windowTokens: 512, lowercase: true },
} as const;

export interface EmbeddingModelsOptions {
  readonly cacheRoot: string;
  readonly threads: number;
  readonly uses: ModelUses;
  readonly log: (line: string) => void;
}

type State = "unloaded" | "loading" | "loaded" | "failed";

/** The embedding models, and the space that two of them share. Each is loaded when first used. */
export class EmbeddingModels {
  readonly #options: EmbeddingModelsOptions;
  readonly #encoders = new Map<WeightsId, Promise<Result<TextEncoder, EndpointError>>>();
  readonly #states = new Map<WeightsId, State>();

  constructor(options: EmbeddingModelsOptions) {
    this.#options = options;
  }

  isFetched(id: WeightsId): boolean {
    const entry = findModel(id);
    return entry !== undefined && isPresent(this.#options.cacheRoot, entry);
  }

  state(id: WeightsId): State {
    return this.#states.get(id) ?? "unloaded";
  }

  /** Rejects with the signal's reason when the client leaves. */
  embed(
    id: EmbeddingId,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<readonly Encoding[], EndpointError>> {
    const work = () => this.#embed(id, texts, signal);
    return weightsOf[id].reduce((inner, weights) => () => this.#options.uses.during(weights, inner), work)();
  }

  /** Lets go of models that nobody has used for so long. */
  async dropIdle(idleMs: number): Promise<void> {
    for (const [id, loading] of [...this.#encoders]) {
      if (this.state(id) !== "loaded" || !this.#options.uses.isIdle(id, idleMs)) continue;
      this.#encoders.delete(id);
      this.#states.delete(id);
      const encoder = await loading;
      if (encoder.ok) await encoder.value.dispose();
      this.#options.log(`let go of ${id}, which nobody used`);
    }
  }

  async #embed(
    id: EmbeddingId,
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<readonly Encoding[], EndpointError>> {
    const encoders: Partial<Record<WeightsId, TextEncoder>> = {};
    for (const weights of weightsOf[id]) {
      const encoder = await this.load(weights);
      if (!encoder.ok) return encoder;
      encoders[weights] = encoder.value;
    }
    const { "local-embed-en": english, "local-embed-zh": chinese } = encoders;
    const encodings: Encoding[] = [];
    for (const text of texts) {
      if (english && chinese)
        encodings.push(
          await encodeShared(text, {
            english: (part) => english.encode(part, signal),
            chinese: (part) => chinese.encode(part, signal),
          }),
        );
      else {
        const [only] = Object.values(encoders);
        if (only) encodings.push(await only.encode(text, signal));
      }
    }
    return ok(encodings);
  }

  load(id: WeightsId): Promise<Result<TextEncoder, EndpointError>> {
    if (!this.isFetched(id)) return Promise.resolve(fail(modelNotFetched(id, fetchCommand(id))));
    const known = this.#encoders.get(id);
    if (known) return known;
    const loading = this.#begin(id);
    this.#encoders.set(id, loading);
    return loading;
  }

  async #begin(id: WeightsId): Promise<Result<TextEncoder, EndpointError>> {
    this.#states.set(id, "loading");
    const { log } = this.#options;
    try {
      const startedAt = performance.now();
      const encoder = await this.#open(id);
      this.#states.set(id, "loaded");
      log(`loaded ${id} in ${Math.round(performance.now() - startedAt)} ms`);
      return ok(encoder);
    } catch (error) {
      // Tried again by the next request: the files may have been fetched anew.
      this.#encoders.delete(id);
      this.#states.set(id, "failed");
      const failure = modelFailed(id, error instanceof Error ? error.message : String(error));
      log(failure.message);
      return fail(failure);
    }
  }

  #open(id: WeightsId): Promise<TextEncoder> {
    const { cacheRoot, threads } = this.#options;
    const revision = findModel(id)?.revision ?? "";
    if (id === "multilingual-e5-small")
      return PackedEncoder.load(path.join(modelFolder(cacheRoot, { id, revision }), "model.bin"), threads);
    return Encoder.load({
      modelsFolder: `${modelsFolder(cacheRoot)}${path.sep}`,
      name: `${id}/${revision}`,
      threads,
      ...readings[id],
    });
  }
}
