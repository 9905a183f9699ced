import type { RunServices } from "@/runtime/capability/capabilities";
import type { EventSink } from "@/runtime/executor/event-sink";
import { type RunHandle, startRun } from "@/runtime/executor/start-run";
import type { TakenResult } from "@/runtime/executor/taken-results";
import type { ModelGateway } from "@/runtime/model/endpoint";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent, RunVariant } from "@/runtime/run/events";
import type { RunState } from "@/runtime/run/reduce";
import type { RunPart } from "@/runtime/run/run-part";
import { type EventFeed, readFeed } from "./event-feed";
import { RunFigures } from "./figures/run-figures";
import { viewOfPlan } from "./figures/view-of-plan";
import { Once } from "./once";
import { Recording, type RecordingPace } from "./recording";
import { queuedWays, type RunIdentity, type RunSummary, summaryOf } from "./run-record";
import type { RunRecorder } from "./run-recorder";

export interface LiveRunStart {
  readonly run: RunIdentity;
  readonly plan: Plan;
  readonly inputs: unknown;
  readonly models: ModelGateway;
  readonly services: RunServices;
  readonly pace: RecordingPace;
  /** The conversation that a new run is a turn of. */
  readonly conversation?: ConversationSnapshot;
  /** Which variants the plan was made with. */
  readonly variants?: readonly RunVariant[];
  /** What it takes from another run. */
  readonly taken?: readonly TakenResult[];
  /** Which steps were asked for; left out: all. */
  readonly part?: RunPart;
  /** The log of an earlier process. */
  readonly resume?: readonly RunEvent[];
}

/** Events that may wait to be stored before the run is held back. */
const mostUnstored = 5_000;

/** A run under way in this process: it takes each event from the executor, hands it to the recorder, and lets any number watch. */
export class LiveRun implements EventSink {
  readonly run: RunIdentity;
  /** The run has ended, stored or not. */
  readonly ended = new Once();
  /** The run has ended and a crash cannot take that back: whoever is answered then is answered for good. Says whether it worked. */
  readonly kept = new Once<boolean>();
  /** The run has ended, and its end is stored or lost. */
  readonly settled = new Once();
  /** It goes on to its end, whoever reads it or has gone. */
  outlivesCallers: boolean;
  readonly #recording: Recording;
  readonly #listeners = new Set<() => void>();
  #holders = 0;
  #grace: NodeJS.Timeout | null = null;
  #lost: unknown = null;
  #handle: RunHandle | null = null;
  #drained: (() => void)[] = [];

  constructor(
    start: LiveRunStart,
    private readonly recorder: RunRecorder,
  ) {
    this.run = start.run;
    this.outlivesCallers = queuedWays.includes(start.run.way);
    const wake = () => this.#wake();
    const onLost = (error: unknown) => {
      this.#lost = error;
      console.error(`run ${start.run.id} cannot be recorded and is cancelled:`, error);
      this.cancel();
      wake();
    };
    const figures = start.run.deploymentId === null ? null : new RunFigures(viewOfPlan(start.plan));
    this.#recording = new Recording(start.run, start.pace, start.resume ?? [], wake, onLost, figures);
    const { plan, inputs, models, services, conversation, variants, resume, taken, part } = start;
    const told = {
      ...(conversation && { conversation }),
      ...(variants && { variants }),
      ...(resume && { resume }),
      ...(taken && { taken }),
      ...(part && { part }),
    };
    this.#handle = startRun(plan, inputs, { runId: start.run.id, models, services, pauses: true, ...told }, this);
  }

  cancel(): void {
    this.#handle?.cancel();
  }

  take(event: RunEvent): void {
    this.recorder.record(this.#recording, event);
    if (this.#recording.pace === "behind") this.#wake();
  }

  end(): void {
    this.ended.say();
    this.#tellEnd();
  }

  /** Resolves when the run has ended and its end is stored. */
  get finished(): Promise<void> {
    return this.settled.promise;
  }

  get full(): boolean {
    return this.#unstored > mostUnstored && this.#lost === null;
  }

  whenDrained(callback: () => void): void {
    this.#drained.push(callback);
  }

  /** What happened so far, stored or not. */
  get soFar(): readonly RunEvent[] {
    return this.#recording.events;
  }

  /** What it took and how it ended, as far as it is; without its steps. */
  get state(): RunState {
    return this.#recording.state;
  }

  /** How it ended, as its row says it, and how soon its caller had the first words. */
  get outcome(): Pick<RunSummary, "status" | "durationMs" | "errorCode"> & { readonly firstTokenMs: number | null } {
    const { status, durationMs, errorCode } = summaryOf(this.state);
    return { status, durationMs, errorCode, firstTokenMs: this.#recording.figures?.firstTokenMs ?? null };
  }

  /** Says that somebody waits for this run. When the last of them has let go for so long, it is cancelled. */
  hold(graceMs: number): () => void {
    if (this.outlivesCallers) return () => {};
    this.#holders += 1;
    if (this.#grace !== null) clearTimeout(this.#grace);
    this.#grace = null;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders > 0 || this.settled.isSaid) return;
      this.#grace = setTimeout(() => this.cancel(), graceMs);
      this.#grace.unref();
    };
  }

  /** Somebody is told its id before it ends: soon a crash will not take it back. */
  keepBeginning(): void {
    this.recorder.keepBeginning(this.#recording);
  }

  /** Resolves when its beginning is stored: from then on a restart resumes it. */
  async begun(): Promise<void> {
    while (this.#recording.stored === 0 && !this.#over) await this.#change();
    if (this.#recording.stored === 0) throw new Error(`run ${this.run.id} could not be stored`);
  }

  /**
   * Every event after `seq`, those that are there at once and the others as they come, until `run-end`, or `run-paused` where the run lets go. A watched run shows only what
   * is stored, so that nobody sees what a crash could take back; of any other that holds for its end. Several may read, each at its own speed.
   */
  events(afterSeq: number, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    return readFeed((onMore) => this.feed(afterSeq, onMore), signal);
  }

  /** The same, to be taken without waiting. */
  feed(afterSeq: number, onMore: () => void): EventFeed {
    const { events } = this.#recording;
    const isOver = () => this.#over;
    const visible = () => this.#visible;
    let index = Math.max(0, afterSeq + 1);
    let ended = false;
    this.#listeners.add(onMore);
    return {
      next() {
        const event = ended || index >= visible() ? undefined : events[index];
        if (event === undefined) return null;
        index += 1;
        ended = event.type === "run-end" || (event.type === "run-paused" && index === events.length);
        return event;
      },
      get done() {
        return ended || (isOver() && index >= visible());
      },
      close: () => this.#listeners.delete(onMore),
    };
  }

  get #visible(): number {
    const { pace, stored, events, hasEnded, endKept } = this.#recording;
    if (pace === "watched") return stored;
    return hasEnded && !endKept ? events.length - 1 : events.length;
  }

  get #over(): boolean {
    return this.settled.isSaid || this.#lost !== null;
  }

  get #unstored(): number {
    return this.#recording.events.length - this.#recording.stored;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const once = () => {
        this.#listeners.delete(once);
        resolve();
      };
      this.#listeners.add(once);
    });
  }

  /** Says of the end what is true by now. */
  #tellEnd(): void {
    if (!this.ended.isSaid) return;
    const isLost = this.#lost !== null;
    const { endKept } = this.#recording;
    if (endKept || isLost) this.kept.say(endKept);
    if (this.settled.isSaid || (this.#unstored > 0 && !isLost)) return;
    if (this.#grace !== null) clearTimeout(this.#grace);
    this.settled.say();
    this.#wake();
  }

  #wake(): void {
    // A copy, because whoever is woken may stop listening.
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener();
    if (this.#drained.length > 0 && !this.full) for (const callback of this.#drained.splice(0)) callback();
    this.#tellEnd();
  }
}
