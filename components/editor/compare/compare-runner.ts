import { createFrameBatch } from "@/components/run/frame-batch";
import type { ErrorFacts } from "@/components/trpc/error-facts";
import type { NodeOverride } from "@/runtime/graph/overrides";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState } from "@/runtime/run/reduce";
import { compareLimits } from "./compare-limits";
import type { CompareStore } from "./compare-store";

/** One cell to be run. */
export interface CompareJob {
  readonly key: string;
  readonly made: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly overrides: readonly NodeOverride[];
}

export interface CompareEffects {
  /** Begins a run of the draft and gives its id. */
  readonly start: (job: CompareJob) => Promise<string>;
  /** Gives the run's events until it has ended or the result is called. */
  readonly watch: (
    runId: string,
    on: { readonly event: (event: RunEvent) => void; readonly failed: (error: unknown) => void },
  ) => () => void;
  readonly cancel: (runId: string) => Promise<void>;
  readonly readError: (error: unknown) => ErrorFacts;
  readonly requestFrame: (callback: () => void) => () => void;
}

export interface CompareRunner {
  /** Puts cells in line; one that is in line or under way stays as it is. */
  run(jobs: readonly CompareJob[]): void;
  /** Takes the cells out of the line, and stops those under way; all of them where none are named. */
  cancel(keys?: readonly string[]): void;
}

interface Live {
  runId: string | null;
  cancelled: boolean;
  leave: () => void;
}

/** Runs cells in the order of asking, a few at a time, and folds what they say into the store at most once a frame. */
export const createCompareRunner = (store: CompareStore, effects: CompareEffects): CompareRunner => {
  let line: CompareJob[] = [];
  const live = new Map<string, Live>();
  const batch = createFrameBatch<{ readonly key: string; readonly event: RunEvent }>(
    (events) => store.getState().takeEvents(events),
    effects.requestFrame,
  );

  const done = (key: string) => {
    live.get(key)?.leave();
    live.delete(key);
    next();
  };
  const refuse = (key: string, error: unknown) => {
    batch.flush();
    store.getState().setCell(key, { phase: "refused", error: effects.readError(error) });
    done(key);
  };
  const stop = async (key: string, mine: Live, runId: string) => {
    store.getState().setCell(key, { phase: "cancelling" });
    try {
      await effects.cancel(runId);
    } catch (error) {
      // Not stopped: it goes on, and so does the watching.
      mine.cancelled = false;
      if (live.get(key) === mine) store.getState().setCell(key, { phase: "running", error: effects.readError(error) });
    }
  };
  const begin = async (job: CompareJob) => {
    const { key } = job;
    const mine: Live = { runId: null, cancelled: false, leave: () => undefined };
    live.set(key, mine);
    store
      .getState()
      .setCell(key, { phase: "starting", made: job.made, runId: null, run: initialRunState, error: null });
    try {
      const runId = await effects.start(job);
      mine.runId = runId;
      store.getState().setCell(key, { phase: "running", runId });
      mine.leave = effects.watch(runId, {
        event: (event) => {
          batch.push({ key, event });
          if (event.type !== "run-end") return;
          batch.flush();
          done(key);
        },
        failed: (error) => refuse(key, error),
      });
      if (mine.cancelled) void stop(key, mine, runId);
    } catch (error) {
      refuse(key, error);
    }
  };
  const next = () => {
    while (live.size < compareLimits.atOnce) {
      const job = line.shift();
      if (job === undefined) return;
      void begin(job);
    }
  };

  return {
    run: (jobs) => {
      const waiting = new Set(line.map(({ key }) => key));
      for (const job of jobs) {
        if (live.has(job.key) || waiting.has(job.key)) continue;
        waiting.add(job.key);
        line.push(job);
        const { key, made } = job;
        store.getState().setCell(key, { phase: "queued", made, runId: null, run: initialRunState, error: null });
      }
      next();
    },
    cancel: (keys) => {
      const meant = (key: string) => keys === undefined || keys.includes(key);
      for (const { key } of line) if (meant(key)) store.getState().setCell(key, null);
      line = line.filter(({ key }) => !meant(key));
      for (const [key, each] of live) {
        if (!meant(key) || each.cancelled) continue;
        each.cancelled = true;
        if (each.runId !== null) void stop(key, each, each.runId);
        else store.getState().setCell(key, { phase: "cancelling" });
      }
    },
  };
};
