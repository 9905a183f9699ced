import type { RunEvent } from "@/runtime/run/events";
import type { JournalEntry } from "./journal/run-journal";
import { foldRun, type RunIdentity, summaryOf } from "./run-record";
import { logStretch, type RunText } from "./write-runs";

/** How soon an event has to be on disk. */
export const recordingPaces = {
  /** Somebody watches, and sees an event only once it is stored: a crash must not take back what was shown. */
  watched: { eventMs: 0, deltaMs: 40 },
  /** The caller is answered once the journal holds the end; the record in the database follows, many runs at once. */
  behind: { eventMs: 100, deltaMs: 100 },
} as const;
export type RecordingPace = keyof typeof recordingPaces;

/** A stretch of a run's log on its way into the database, and how many events it holds. */
export interface Stretch {
  readonly text: RunText;
  readonly count: number;
}

/** One run on its way into the database. */
export class Recording {
  /** Events handed over so far; all of the run's. */
  readonly events: RunEvent[];
  /** How many of them are stored. */
  stored: number;
  /** Whether storing it was given up. */
  lost = false;
  /** Somebody is told its id before it ends. */
  keepsBeginning = false;
  /** What the journal says of it. */
  readonly entries: JournalEntry[] = [];
  #endKept = false;
  /** What was journaled of its end is what the database is sent. */
  #written: { readonly from: number; readonly stretch: Stretch } | null = null;

  constructor(
    readonly run: RunIdentity,
    readonly pace: RecordingPace,
    /** What an earlier process stored of it. */
    log: readonly RunEvent[],
    /** Called after each time that more of it will outlive a crash. */
    readonly onKept: () => void,
    /** Called when it cannot be stored. */
    readonly onLost: (error: unknown) => void,
  ) {
    this.events = [...log];
    this.stored = log.length;
  }

  get hasEnded(): boolean {
    return this.events.at(-1)?.type === "run-end";
  }

  /** Whether it has ended and a crash cannot take that back. */
  get endKept(): boolean {
    return this.#endKept || (this.hasEnded && this.stored === this.events.length);
  }

  keepEnd(): void {
    this.#endKept = true;
    this.onKept();
  }

  /** Its log from what is stored on, up to so many characters. */
  next(most: number): Stretch {
    const from = this.stored;
    if (this.#written?.from === from && this.hasEnded) return this.#written.stretch;
    const { count, ...log } = logStretch(this.events, from, most);
    const isNew = from === 0;
    const isEnd = this.hasEnded && from + count === this.events.length;
    // The row is written when the run begins and when it ends; in between only its log grows.
    const folded = isEnd ? this.events : this.events.slice(0, isNew ? count : 1);
    const stretch = { text: { run: this.run, isNew, summary: summaryOf(foldRun(folded)), ...log }, count };
    if (isEnd) this.#written = { from, stretch };
    return stretch;
  }
}
