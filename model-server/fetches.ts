import { findModel } from "@/model-server/manifest/manifest.mjs";
import { isPresent } from "@/scripts/models/cache.mjs";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { fetchProgress } from "@/scripts/models/fetch-progress.mjs";

/** How far the fetching of a model is, in bytes. */
export interface FetchProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

type Ensure = (options: { readonly only: readonly string[]; readonly root: string }) => Promise<{
  readonly missing: readonly { readonly reason: string }[];
}>;

/** Fetches models that somebody asks for while the server runs; those that another process fetches are seen too. */
export class Fetches {
  readonly #root: string;
  readonly #ensure: Ensure;
  readonly #running = new Set<string>();
  readonly #failures = new Map<string, string>();

  constructor(root: string, ensure: Ensure = ensureModels) {
    this.#root = root;
    this.#ensure = ensure;
  }

  /** Begins in the background; one that is fetched already goes on. Says whether the manifest has the model. */
  start(id: string): boolean {
    const entry = findModel(id);
    if (!entry) return false;
    if (this.#running.has(id) || isPresent(this.#root, entry)) return true;
    this.#running.add(id);
    this.#failures.delete(id);
    this.#ensure({ only: [id], root: this.#root })
      .then(({ missing: [missing] }) => {
        if (missing) this.#failures.set(id, missing.reason);
      })
      .catch((error: unknown) => this.#failures.set(id, error instanceof Error ? error.message : String(error)))
      .finally(() => this.#running.delete(id));
    return true;
  }

  progress(id: string): FetchProgress | undefined {
    const entry = findModel(id);
    const seen = entry && fetchProgress(this.#root, entry);
    return seen ?? (this.#running.has(id) ? { bytesDone: 0, bytesTotal: 0 } : undefined);
  }

  /** Why the last try that was begun here did not succeed. */
  failure(id: string): string | undefined {
    return this.#failures.get(id);
  }
}
