import type { Database } from "@/server/platform/db/database";
import { FairPlaces } from "@/server/platform/guard/fair-places";
import { beginLeaving, isLeaving } from "@/server/platform/readiness/leaving";
import { LiveRun, type LiveRunStart } from "./live-run";
import { queuedWays, type RunIdentity } from "./run-record";
import { RunRecorder } from "./run-recorder";

/** Runs of published pipelines under way at once in this process, shared fairly among workspaces and keys. */
export const publishedAtOnce = 1024;

/** Runs that people of one workspace may have under way at once from the editor. */
export const mostEditorRuns = 50;

/** All runs under way in this process. */
export class LiveRuns {
  readonly recorder: RunRecorder;
  /** For runs of published pipelines. */
  readonly places = new FairPlaces(publishedAtOnce);
  /** Told of each run that has let go because it waits for people: they may have answered meanwhile. */
  onPaused: ((runId: string) => void) | null = null;
  /** Told of each background run whose end, or whose waiting for people, is stored. */
  onBackgroundSettled: ((runId: string) => void) | null = null;
  /** Told of each run that begins in this process, before anything of it happens; null where nobody looks. */
  onStart: ((run: LiveRun) => void) | null = null;
  /** Whether the `traceparent` of callers is asked for. */
  tracesCallers = false;
  readonly #runs = new Map<string, LiveRun>();
  readonly #cuts = new Set<() => void>();
  #published = 0;
  #isCut = false;
  #idle: (() => void) | null = null;

  constructor(private readonly database: Database) {
    this.recorder = new RunRecorder(database);
  }

  start(start: LiveRunStart): LiveRun {
    const run = new LiveRun(start, this.recorder);
    this.#runs.set(run.run.id, run);
    this.onStart?.(run);
    if (run.run.trigger === "api") {
      this.#published += 1;
      run.kept.hear(() => {
        this.#published -= 1;
        if (this.#published === 0) this.#idle?.();
      });
    }
    // Until its end is stored, whoever asks for it is answered from memory: there is no moment without an answer.
    run.settled.hear(() => {
      this.#runs.delete(run.run.id);
      if (run.soFar.at(-1)?.type === "run-paused") this.onPaused?.(run.run.id);
      if (queuedWays.includes(run.run.way)) this.onBackgroundSettled?.(run.run.id);
    });
    return run;
  }

  get(id: string): LiveRun | undefined {
    return this.#runs.get(id);
  }

  /** The background runs under way. */
  get background(): readonly RunIdentity[] {
    return [...this.#runs.values()].flatMap(({ run }) => (queuedWays.includes(run.way) ? [run] : []));
  }

  get ids(): readonly string[] {
    return [...this.#runs.keys()];
  }

  /** How many runs of published pipelines have not ended. */
  get published(): number {
    return this.#published;
  }

  /** How many runs of a workspace were started in the editor and have not ended. */
  countOf(workspaceId: string): number {
    let count = 0;
    for (const { run } of this.#runs.values()) if (run.workspaceId === workspaceId && run.trigger === "editor") count++;
    return count;
  }

  /** Whether the app has been asked to end: no published run is begun any more. */
  get isLeaving(): boolean {
    return isLeaving(this.database);
  }

  /**
   * Begins nothing more, and resolves when the runs that callers wait for have ended. After so many milliseconds the callers of those that have not
   * are let go: they are told that the run goes on when the app is back.
   */
  async leave(graceMs: number): Promise<void> {
    beginLeaving(this.database);
    if (this.#published > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        this.#idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isCut = true;
    for (const cut of [...this.#cuts]) cut();
  }

  /** Calls back when whoever waits for a run is let go; soon, where that has been. */
  onCut(cut: () => void): () => void {
    if (this.#isCut) queueMicrotask(cut);
    this.#cuts.add(cut);
    return () => this.#cuts.delete(cut);
  }

  /** Waits for every run that is under way now. */
  async settled(): Promise<void> {
    await Promise.all([...this.#runs.values()].map(({ finished }) => finished));
  }
}

// On globalThis because Next loads this module more than once in one process, and a run must be found by every route.
const shared: typeof globalThis & { pipewrightRuns?: WeakMap<object, LiveRuns> } = globalThis;

/** The runs of this process, one set for each database it has open. */
export const liveRunsOf = (database: Database): LiveRuns => {
  shared.pipewrightRuns ??= new WeakMap();
  let runs = shared.pipewrightRuns.get(database);
  if (runs === undefined) {
    runs = new LiveRuns(database);
    shared.pipewrightRuns.set(database, runs);
  }
  return runs;
};
