import { findModel } from "@/model-server/manifest/manifest.mjs";
import { fail, type Result } from "@/runtime/graph/result";
import { isPresent } from "@/scripts/models/cache.mjs";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import { type EndpointError, modelFailed, modelNotFetched } from "../errors";
import type { ModelUses } from "../model-uses";
import { FamilyProcess } from "./family-process";

export interface ModelFamilyOptions {
  /** Of the model in the manifest; also the name of the process. */
  readonly id: string;
  readonly cacheRoot: string;
  readonly file: string;
  readonly settings: object;
  readonly uses: ModelUses;
  readonly log: (line: string) => void;
}

export type FamilyState = "unloaded" | "loaded" | "failed";

/** The models behind one name of the endpoint, run by a process of their own from first use until they are idle. */
export class ModelFamily {
  readonly id: string;
  readonly #options: ModelFamilyOptions;
  readonly #process: FamilyProcess;
  #failure: string | undefined;

  constructor(options: ModelFamilyOptions) {
    this.id = options.id;
    this.#options = options;
    const { id: name, file, settings, log } = options;
    this.#process = new FamilyProcess({ name, file, settings, log });
  }

  get isFetched(): boolean {
    const entry = findModel(this.id);
    return entry !== undefined && isPresent(this.#options.cacheRoot, entry);
  }

  get state(): FamilyState {
    if (this.#process.isRunning) return "loaded";
    return this.#failure === undefined ? "unloaded" : "failed";
  }

  /** Why the last call failed, if it did. */
  get failure(): string | undefined {
    return this.#failure;
  }

  get residentBytes(): number {
    return this.#process.residentBytes;
  }

  /** Rejects with the signal's reason when the caller has gone. */
  async call<T>(operation: string, input: unknown, signal: AbortSignal): Promise<Result<T, EndpointError>> {
    if (!this.isFetched) return fail(modelNotFetched(this.id, fetchCommand(this.id)));
    return this.#options.uses.during(this.id, async () => {
      try {
        const result = await this.#process.call<T>(operation, input, signal);
        this.#failure = undefined;
        return result;
      } catch (error) {
        signal.throwIfAborted();
        this.#failure = error instanceof Error ? error.message : String(error);
        this.#options.log(`${this.id}: ${this.#failure}`);
        return fail(modelFailed(this.id, this.#failure));
      }
    });
  }

  async dropIdle(idleMs: number): Promise<void> {
    if (!this.#process.isRunning || !this.#options.uses.isIdle(this.id, idleMs)) return;
    this.#options.log(`let go of ${this.id}, which nobody used`);
    await this.#process.stop();
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
