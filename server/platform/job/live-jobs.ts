/** One job under way in this process. */
export interface LiveJob {
  /** Somebody wants it to end. */
  cancel(): void;
  /** Resolves when nothing of it runs any more. Never rejects. */
  readonly settled: Promise<void>;
}

/** The jobs under way in this process, and who wants to hear of changes. */
export class LiveJobs {
  readonly #running = new Map<string, LiveJob>();
  readonly #listeners = new Map<string, Set<() => void>>();
  #handOut: ((job: { readonly id: string; readonly workspaceId: string }) => Promise<void>) | null = null;

  get(id: string): LiveJob | undefined {
    return this.#running.get(id);
  }

  add(id: string, job: LiveJob): void {
    this.#running.set(id, job);
    void job.settled.then(() => {
      if (this.#running.get(id) === job) this.#running.delete(id);
    });
  }

  /** Calls back whenever this process has written to the job's row. */
  listen(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }

  changed(id: string): void {
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }

  /** Who takes new jobs; null when nobody does any more. */
  handOutBy(handOut: ((job: { readonly id: string; readonly workspaceId: string }) => Promise<void>) | null): void {
    this.#handOut = handOut;
  }

  /** Gives a new job to the queue. Where this process has none, its row waits for one that starts. */
  async handOut(job: { readonly id: string; readonly workspaceId: string }): Promise<void> {
    await this.#handOut?.(job);
  }
}

// On globalThis because Next loads this module more than once in one process, and a job must be found by every route.
const shared: typeof globalThis & { pipewrightJobs?: WeakMap<object, LiveJobs> } = globalThis;

/** The jobs of this process, one set for each database it has open. */
export const liveJobsOf = (database: object): LiveJobs => {
  shared.pipewrightJobs ??= new WeakMap();
  const known = shared.pipewrightJobs.get(database) ?? new LiveJobs();
  shared.pipewrightJobs.set(database, known);
  return known;
};
