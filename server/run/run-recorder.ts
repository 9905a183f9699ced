import { setTimeout as wait } from "node:timers/promises";
import type { RunEvent } from "@/runtime/run/events";
import type { Database } from "@/server/db";
import { foldRun, type RunIdentity, summaryOf } from "./run-record";
import { type RunWrite, writeRuns } from "./write-runs";

/** How soon an event has to be on disk. */
export const recordingPaces = {
  /** Somebody watches, and sees an event only once it is stored: a crash must not take back what was shown. */
  watched: { eventMs: 0, deltaMs: 40 },
  /** The caller has its answer from memory; the record follows, many runs at once. */
  behind: { eventMs: 100, deltaMs: 100 },
} as const;
export type RecordingPace = keyof typeof recordingPaces;

/** Events of one statement. More wait for the next. */
const mostEventsAtOnce = 20_000;
const mostTries = 5;

/** One run on its way into the database. */
export class Recording {
  /** Events handed over so far; all of the run's. */
  readonly events: RunEvent[];
  /** How many of them are stored. */
  stored: number;
  /** Whether storing it was given up. */
  lost = false;

  constructor(
    readonly run: RunIdentity,
    readonly pace: RecordingPace,
    /** What an earlier process stored of it. */
    log: readonly RunEvent[],
    /** Called after each time that more of it was stored. */
    readonly onStored: () => void,
    /** Called when it cannot be stored. */
    readonly onLost: (error: unknown) => void,
  ) {
    this.events = [...log];
    this.stored = log.length;
  }

  get isNew(): boolean {
    return this.stored === 0;
  }
}

/** Writes the logs of all runs of this process, one statement at a time, in which all that is waiting goes together. */
export class RunRecorder {
  readonly #waiting = new Set<Recording>();
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;
  #writing: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly write: typeof writeRuns = writeRuns,
    private readonly pause: (ms: number) => Promise<unknown> = wait,
  ) {}

  record(recording: Recording, event: RunEvent): void {
    recording.events.push(event);
    if (recording.lost) return;
    this.#waiting.add(recording);
    const { eventMs, deltaMs } = recordingPaces[recording.pace];
    this.#flushWithin(event.type === "node-delta" || event.type === "node-thinking" ? deltaMs : eventMs);
  }

  /** Writes all that is waiting, whatever its pace. */
  async flush(): Promise<void> {
    while (this.#waiting.size > 0 || this.#writing !== null) await this.#flush();
  }

  #flushWithin(ms: number): void {
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    this.#due = due;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#unset();
      void this.#flush();
    }, ms);
  }

  #unset(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = Number.POSITIVE_INFINITY;
  }

  #flush(): Promise<void> {
    // One statement at a time: what comes meanwhile goes together in the next.
    this.#writing ??= this.#writeWaiting().finally(() => {
      this.#writing = null;
      if (this.#waiting.size > 0) this.#flushWithin(0);
    });
    return this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    this.#unset();
    const batch: { recording: Recording; write: RunWrite }[] = [];
    let total = 0;
    for (const recording of this.#waiting) {
      if (total >= mostEventsAtOnce) break;
      this.#waiting.delete(recording);
      const write = writeOf(recording);
      total += write.events.length;
      batch.push({ recording, write });
    }
    if (batch.length === 0) return;
    try {
      await this.#store(batch);
    } catch {
      // One run that cannot be stored must not take the others along.
      await Promise.all(
        batch.map((single) => this.#store([single]).catch((error) => this.#giveUp(single.recording, error))),
      );
    }
  }

  #giveUp(recording: Recording, error: unknown): void {
    recording.lost = true;
    this.#waiting.delete(recording);
    recording.onLost(error);
  }

  async #store(batch: readonly { recording: Recording; write: RunWrite }[]): Promise<void> {
    const writes = batch.map(({ write }) => write);
    for (let tried = 1; ; tried++) {
      try {
        await this.write(this.database, writes);
        break;
      } catch (error) {
        if (batch.length > 1 || tried === mostTries) throw error;
        await this.pause(50 * 4 ** tried);
      }
    }
    for (const { recording, write } of batch) {
      recording.stored += write.events.length;
      recording.onStored();
    }
  }
}

const writeOf = (recording: Recording): RunWrite => {
  const { run, isNew, stored, events } = recording;
  // The row is written when the run begins and when it ends; in between only its log grows.
  const ended = events.at(-1)?.type === "run-end";
  const summary = summaryOf(foldRun(isNew || ended ? events : events.slice(0, 1)));
  return { run, isNew, events: events.slice(stored), summary };
};
