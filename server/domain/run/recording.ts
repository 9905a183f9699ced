import { endedTurn } from "@/runtime/run/ended-turn";
import type { RunEvent } from "@/runtime/run/events";
import type { RunState } from "@/runtime/run/reduce";
import type { RunFigures } from "./figures/run-figures";
import type { JournalEntry } from "./journal/run-journal";
import { AskedPlaces } from "./pause/task-parts";
import { foldRun, type RunIdentity, summaryOf } from "./run-record";
import { logStretch, type RunText } from "./write-runs";

/** How soon an event has to be on disk. */
export const recordingPaces = {
  /** Somebody watches, and sees an event only once it is stored: a crash must not take back what was shown. */
  watched: { eventMs: 0, deltaMs: 40 },
  /**
   * The caller is answered once the journal holds the end; the record in the database follows, many runs at once, and of most runs in one piece. After a
   * crash a run that had not ended goes on from where it was a second before.
   */
  behind: { eventMs: 1_000, deltaMs: 1_000 },
} as const;
/** How soon the end of a run is in the database. */
export const endMs = 100;
export type RecordingPace = keyof typeof recordingPaces;

const tellingTypes: ReadonlySet<RunEvent["type"]> = new Set([
  "run-start",
  "model-call",
  "run-paused",
  "run-resumed",
  "run-end",
]);
/** Steps, and what they stream, are most of a log, and say nothing that a run's row holds. */
const isTelling = ({ type }: RunEvent): boolean => tellingTypes.has(type);

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
  /** The events that say what the run took and how it ended. */
  readonly #telling: RunEvent[];
  #state: RunState | null = null;
  readonly #asked = new AskedPlaces();
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
    /** Counts what its steps take; null where nobody asks. */
    readonly figures: RunFigures | null = null,
  ) {
    this.events = [...log];
    this.#telling = log.filter(isTelling);
    this.stored = log.length;
    for (const event of log) {
      this.#asked.note(event);
      this.figures?.note(event);
    }
  }

  add(event: RunEvent): void {
    this.events.push(event);
    this.#asked.note(event);
    this.figures?.note(event);
    if (!isTelling(event)) return;
    this.#telling.push(event);
    this.#state = null;
  }

  /** What the run took and how it ended, as far as it is; without its steps. */
  get state(): RunState {
    this.#state ??= foldRun(this.#telling);
    return this.#state;
  }

  /** Whether nothing follows in this execution: the run has ended, or waits for people. */
  get hasEnded(): boolean {
    const type = this.events.at(-1)?.type;
    return type === "run-end" || type === "run-paused";
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
    const until = (isNew ? log.lastSeq : 0) + 1;
    const state = isEnd ? this.state : foldRun(this.#telling.filter(({ seq }) => seq < until));
    const withdraws = isEnd && this.#asked.any && this.events.at(-1)?.type === "run-end";
    const endedPlaces = withdraws ? [] : this.#asked.endedIn(this.events, from, from + count);
    const turn = isEnd ? endedTurn(this.events) : null;
    const text = {
      run: this.run,
      isNew,
      summary: summaryOf(state),
      ...log,
      ...(withdraws ? { withdraws } : {}),
      ...(endedPlaces.length > 0 ? { endedPlaces } : {}),
      ...(turn === null ? {} : { turn }),
      ...(isEnd && this.figures !== null && { figures: this.figures.write() }),
    };
    const stretch = { text, count };
    if (isEnd) this.#written = { from, stretch };
    return stretch;
  }
}
