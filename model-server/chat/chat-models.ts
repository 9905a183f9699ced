import { statSync } from "node:fs";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { type EndpointError, modelFailed } from "../errors";
import type { ModelUses } from "../model-uses";
import { type ChatDefaults, ChatModel } from "./chat-model";
import type { Device, LlamaEngine } from "./llama";

export interface ChatModelSource {
  readonly id: string;
  readonly path: string;
  readonly defaults: ChatDefaults;
}

export interface ChatModelsOptions {
  readonly start: () => Promise<LlamaEngine>;
  readonly threads: number;
  readonly contextSize: number;
  readonly slots: number;
  /** Models kept in memory at once. */
  readonly keep: number;
  readonly uses: ModelUses;
  readonly log: (line: string) => void;
}

type State =
  | { readonly kind: "loading"; readonly file: string; readonly model: Promise<Result<ChatModel, EndpointError>> }
  | { readonly kind: "loaded"; readonly file: string; readonly model: ChatModel }
  | { readonly kind: "failed"; readonly file: string; readonly error: EndpointError };

/** Loads language models when they are first used and lets go of the one unused longest. One that fails does not touch the others. */
export class ChatModels {
  readonly #options: ChatModelsOptions;
  /** In order of last use, the newest last. */
  readonly #states = new Map<string, State>();
  #engine: Promise<LlamaEngine> | undefined;
  #device: Device | undefined;

  constructor(options: ChatModelsOptions) {
    this.#options = options;
  }

  /** Known once the first model was loaded. */
  get device(): Device | undefined {
    return this.#device;
  }

  state(id: string): {
    readonly state: State["kind"] | "unloaded";
    readonly contextSize?: number;
    readonly error?: string;
  } {
    const state = this.#states.get(id);
    switch (state?.kind) {
      case undefined:
        return { state: "unloaded" };
      case "loading":
        return { state: "loading" };
      case "loaded":
        return { state: "loaded", contextSize: state.model.contextSize };
      case "failed":
        return { state: "failed", error: state.error.message };
      default:
        return state satisfies never;
    }
  }

  /** Runs `work` with the loaded model; it is not let go of meanwhile. */
  async use<T>(
    source: ChatModelSource,
    work: (model: ChatModel) => Promise<Result<T, EndpointError>>,
  ): Promise<Result<T, EndpointError>> {
    return this.#options.uses.during(source.id, async () => {
      const model = await this.#load(source);
      return model.ok ? await work(model.value) : model;
    });
  }

  /** Lets go of models that nobody has used for so long. */
  async dropIdle(idleMs: number): Promise<void> {
    for (const [id, state] of [...this.#states])
      if (state.kind === "loaded" && this.#options.uses.isIdle(id, idleMs)) {
        this.#states.delete(id);
        await state.model.dispose();
        this.#options.log(`let go of ${id}, which nobody used`);
      }
  }

  async dispose(): Promise<void> {
    for (const state of this.#states.values()) if (state.kind === "loaded") await state.model.dispose();
    if (this.#engine) await (await this.#engine).llama.dispose();
  }

  async #load(source: ChatModelSource): Promise<Result<ChatModel, EndpointError>> {
    const file = fingerprint(source.path);
    if (file === undefined) return fail(modelFailed(source.id, `there is no file ${source.path}`));
    const known = this.#states.get(source.id);
    if (known?.kind === "loading") return known.model;
    if (known?.kind === "loaded" && known.file === file) {
      this.#states.delete(source.id);
      this.#states.set(source.id, known);
      return ok(known.model);
    }
    // A file that could not be loaded is not tried again until it changes.
    if (known?.kind === "failed" && known.file === file) return fail(known.error);

    const loading = this.#begin(source, file, known?.kind === "loaded" ? known.model : undefined);
    this.#states.delete(source.id);
    this.#states.set(source.id, { kind: "loading", file, model: loading });
    return loading;
  }

  async #begin(
    source: ChatModelSource,
    file: string,
    replaced: ChatModel | undefined,
  ): Promise<Result<ChatModel, EndpointError>> {
    const { threads, contextSize, slots, log } = this.#options;
    try {
      await replaced?.dispose();
      await this.#makeRoom();
      const engine = await this.#started();
      const startedAt = performance.now();
      const model = await ChatModel.load(engine, {
        path: source.path,
        threads,
        contextSize,
        slots,
        defaults: source.defaults,
      });
      log(
        `loaded ${source.id} in ${Math.round(performance.now() - startedAt)} ms, ${model.contextSize} tokens of context`,
      );
      this.#states.set(source.id, { kind: "loaded", file, model });
      return ok(model);
    } catch (error) {
      const failure = modelFailed(source.id, error instanceof Error ? error.message : String(error));
      log(failure.message);
      this.#states.set(source.id, { kind: "failed", file, error: failure });
      return fail(failure);
    }
  }

  async #started(): Promise<LlamaEngine> {
    this.#engine ??= this.#options.start();
    const engine = await this.#engine;
    this.#device = engine.device;
    return engine;
  }

  /** Models in use stay, so for a moment more than `keep` may be loaded. */
  async #makeRoom(): Promise<void> {
    const loaded = [...this.#states].flatMap(([id, state]) =>
      state.kind === "loaded" ? [{ id, model: state.model }] : [],
    );
    let surplus = loaded.length + 1 - this.#options.keep;
    for (const { id, model } of loaded) {
      if (surplus <= 0) return;
      if (this.#options.uses.isInUse(id)) continue;
      this.#states.delete(id);
      await model.dispose();
      this.#options.log(`let go of ${id} to make room`);
      surplus--;
    }
  }
}

/** Changes when the file does. */
function fingerprint(path: string): string | undefined {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size}-${mtimeMs}`;
  } catch {
    return undefined;
  }
}
