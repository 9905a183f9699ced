import { setTimeout as wait } from "node:timers/promises";
import type { RunEvent } from "@/runtime/run/events";
import type { Database } from "@/server/platform/db/database";
import { diskOf } from "@/server/platform/readiness/disk";
import { outageOf } from "@/server/platform/readiness/outage";
import type { RunJournal } from "./journal/run-journal";
import { endMs, type Recording, recordingPaces, type Stretch } from "./recording";
import { writeTexts } from "./write-runs";

/** Characters of one statement, and of one run in it. More wait for the next. */
const mostCharacters = 8_000_000;
const mostOfRun = 2_000_000;
const mostTries = 5;
const longestPauseMs = 2_000;

interface Write extends Stretch {
  readonly recording: Recording;
}

/** Writes the logs of all runs of this process, one statement at a time, in which all that is waiting goes together. */
export class RunRecorder {
  /** Where ends are kept before the database has them. Without it an answer waits for the database. */
  journal: RunJournal | null = null;
  readonly #waiting = new Set<Recording>();
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;
  /** What the timer was set for. */
  #withinMs = Number.POSITIVE_INFINITY;
  #writing: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly write: typeof writeTexts = writeTexts,
    private readonly pause: (ms: number) => Promise<unknown> = wait,
  ) {}

  record(recording: Recording, event: RunEvent): void {
    recording.add(event);
    if (recording.lost) return;
    this.#waiting.add(recording);
    const { eventMs, deltaMs } = recordingPaces[recording.pace];
    if (recording.keepsBeginning && recording.events.length === 1) this.#keepBeginning(recording);
    if (event.type === "run-end" && recording.pace === "behind") this.#keepEnd(recording);
    const isPiece = event.type === "node-delta" || event.type === "node-thinking";
    // Whoever is told that it waits is told where to answer: the database has to know of it first.
    if (event.type === "run-paused") this.#flushWithin(0);
    this.#flushWithin(event.type === "run-end" ? Math.min(eventMs, endMs) : isPiece ? deltaMs : eventMs);
  }

  /** Writes down that the run has begun, so that after a crash whoever was told its id can go on with it. Does not wait. */
  keepBeginning(recording: Recording): void {
    recording.keepsBeginning = true;
    if (recording.events.length > 0 && recording.stored === 0) this.#keepBeginning(recording);
  }

  #keepBeginning(recording: Recording): void {
    const entry = this.journal?.append(recording.next(mostOfRun).text) ?? null;
    if (entry !== null) recording.entries.push(entry);
  }

  /** Writes all that is waiting, whatever its pace. */
  async flush(): Promise<void> {
    while (this.#waiting.size > 0 || this.#writing !== null) await this.#flush();
  }

  #keepEnd(recording: Recording): void {
    const { text, count } = recording.next(mostOfRun);
    const isWhole = recording.stored + count === recording.events.length;
    const entry = isWhole ? (this.journal?.append(text) ?? null) : null;
    if (entry === null) {
      this.#flushWithin(0);
      return;
    }
    recording.entries.push(entry);
    entry.onDurable((failed) => {
      if (failed === null) {
        recording.keepEnd();
        return;
      }
      if (outageOf(failed.error) === "disk-full") diskOf(this.database).refused();
      console.error("the journal of runs could not be written; the database is waited for instead:", failed.error);
      this.#flushWithin(0);
    });
  }

  #flushWithin(ms: number): void {
    // A timer that was set for no longer than this comes sooner.
    if (ms >= this.#withinMs) return;
    const due = performance.now() + ms;
    if (due >= this.#due) return;
    this.#due = due;
    this.#withinMs = ms;
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
    this.#withinMs = Number.POSITIVE_INFINITY;
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
    const batch: Write[] = [];
    let total = 0;
    for (const recording of this.#waiting) {
      if (total >= mostCharacters) break;
      this.#waiting.delete(recording);
      const { text, count } = recording.next(mostOfRun);
      total += text.log.length;
      batch.push({ recording, text, count });
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

  async #store(batch: readonly Write[]): Promise<void> {
    const texts = batch.map(({ text }) => text);
    for (let tried = 1, away = 0; ; ) {
      try {
        await this.write(this.database, texts);
        break;
      } catch (error) {
        const outage = outageOf(error);
        if (outage !== null) {
          // It passes, and then what has gathered is taken; until then no new runs are begun.
          if (outage === "disk-full") diskOf(this.database).refused();
          away += 1;
          await this.pause(Math.min(50 * 2 ** away, longestPauseMs));
          continue;
        }
        if (batch.length > 1 || tried === mostTries) throw error;
        await this.pause(50 * 4 ** tried);
        tried += 1;
      }
    }
    for (const { recording, count } of batch) {
      recording.stored += count;
      if (recording.stored < recording.events.length) this.#waiting.add(recording);
      else if (recording.hasEnded) for (const entry of recording.entries.splice(0)) entry.stored();
      recording.onKept();
    }
  }
}
