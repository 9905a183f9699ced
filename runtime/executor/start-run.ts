import type { RunServices } from "@/runtime/capability/capabilities";
import { timeLimits } from "@/runtime/graph/document";
import { ok } from "@/runtime/graph/result";
import type { ModelGateway } from "@/runtime/model/endpoint";
import { frameLimits } from "@/runtime/node/body";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import { checkInputs, type RunInputs } from "@/runtime/plan/check-inputs";
import type { Plan } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath, RunEvent, RunVariant } from "@/runtime/run/events";
import { frameSegment } from "@/runtime/run/frame-path";
import type { RunPart } from "@/runtime/run/run-part";
import type { EventSink } from "./event-sink";
import { EventWriter } from "./event-writer";
import { Frame } from "./frame";
import { nest } from "./nested-frames";
import { RunBudget, type ValueBounds } from "./run-budget";
import { RunLoad } from "./run-load";
import { emptyFrameLog, type FrameLog, readRunLog } from "./run-log";
import { type FrameResult, type PartSteps, Scheduler } from "./scheduler";
import type { TakenResult } from "./taken-results";
import { realTimers, type Timers } from "./timers";

export interface RunOptions {
  readonly runId: string;
  readonly models: ModelGateway;
  /** Files, knowledge bases and registered models. */
  readonly services?: RunServices;
  /** The conversation that a new run is a turn of. A run that is taken up again remembers what its log says. */
  readonly conversation?: ConversationSnapshot;
  /** Which variants the plan was made with, to be told in the log. */
  readonly variants?: readonly RunVariant[];
  /** Most nodes under way at once. */
  readonly concurrency?: number;
  /**
   * The log that an earlier execution of this run left, whole and in order. Nodes that ended are taken from it, one that was under
   * way starts again, and sequence numbers go on from it. `inputs` are then those of the log.
   */
  readonly resume?: readonly RunEvent[];
  /** Whether the run may wait for people. Else a step that asks hears that nobody is there. */
  readonly pauses?: boolean;
  /** What a new run takes from another one of the same plan: it is told first, and not run again. */
  readonly taken?: readonly TakenResult[];
  /** Which steps are asked for; left out: all. With `within` the inputs are those of that frame. Where a log is taken up, what it says counts. */
  readonly part?: RunPart;
  /** How large values may grow, where that is not what the catalogue says. */
  readonly bounds?: ValueBounds;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly timers?: Timers;
  /** Whether it was cancelled before it begins: then it ends at once, and its log says so. */
  readonly cancelled?: boolean;
}

/** A run under way. */
export interface RunHandle {
  /** Cancels the run, and with it the model calls under way. Does nothing once it has ended. */
  cancel(): void;
}

/**
 * Runs a plan, from now on, and hands its events to the sink as they happen, the first ones before this returns. Never throws: whatever happens,
 * the last event is `run-end`, or `run-paused` where it may wait for people; there is none where the log that is taken up has ended or waits.
 */
export const startRun = (plan: Plan, inputs: unknown, options: RunOptions, sink: EventSink): RunHandle => {
  const run = new Run(plan, options, sink);
  run.start(inputs);
  return run;
};

class Run implements RunHandle {
  readonly #log;
  readonly #events: EventWriter;
  #scheduler: Scheduler | null = null;
  /** What was taken from another run; null where nothing was. */
  #taken: FrameLog | null = null;
  #cancelLimit: (() => void) | null = null;
  #over = false;

  constructor(
    private readonly plan: Plan,
    private readonly options: RunOptions,
    private readonly sink: EventSink,
  ) {
    this.#log = readRunLog(options.resume ?? []);
    this.#events = new EventWriter(options.runId, this.#log.lastSeq + 1, options.now ?? Date.now, sink);
  }

  start(inputs: unknown): void {
    try {
      this.#begin(inputs);
    } catch (thrown) {
      // The one catch of the engine: what gets here is a bug of ours.
      this.#end({ outcome: "failure", error: { code: "internal", message: `The run broke. ${String(thrown)}` } });
    }
  }

  cancel(): void {
    if (!this.#over) this.#scheduler?.abort(cancelled);
  }

  #begin(inputs: unknown): void {
    const { options } = this;
    const log = this.#log;
    const part = (log.start === null ? options.part : log.start.part) ?? null;
    const within = part?.within ?? [];
    if (log.ended || log.paused) {
      this.#over = true;
      this.sink.end();
      return;
    }
    const plan = planWithin(this.plan, within);
    if (plan === null) throw new Error(`there is nothing to run in ${within.join("/")}`);
    const given = log.start?.inputs ?? inputs;
    // A step that runs alone has what it needs: nothing asks for the rest.
    const checked = part?.mode === "alone" ? ok(given as RunInputs) : checkInputs(plan.inputFields, given);
    if (log.start === null) {
      const known: RunInputs = checked.ok ? checked.value : {};
      const { variants = [] } = options;
      const tried = { ...(variants.length > 0 && { variants }), ...(part !== null && { part }) };
      this.#events.emit({
        type: "run-start",
        graphHash: plan.graphHash,
        inputs: known,
        ...remembered(options),
        ...tried,
      });
      if (checked.ok) this.#take(options.taken ?? []);
    } else if (log.start.graphHash !== plan.graphHash) {
      const message = "The run cannot go on: its log belongs to another version of the pipeline.";
      this.#end({ outcome: "failure", error: { code: "interrupted", message } });
      return;
    }
    if (part !== null && (options.resume?.length ?? 0) > 0 && toldOf(options.resume ?? []) < part.taken) {
      const message = "The app stopped before the run had begun. Start it again.";
      this.#end({ outcome: "failure", error: { code: "interrupted", message } });
      return;
    }
    if (!checked.ok) {
      const message = checked.error.map((problem) => problem.message).join(" ");
      this.#end({ outcome: "failure", error: { code: "input-invalid", message } });
      return;
    }
    const timers = options.timers ?? realTimers;
    const scheduler = new Scheduler(
      new Frame(plan, within),
      {
        models: options.models,
        services: options.services ?? {},
        // Whatever is drawn by the run's id is drawn anew for each frame.
        run: { id: [options.runId, ...within].join("/"), inputs: checked.value, ...remembered(log.start ?? options) },
        now: options.now ?? Date.now,
        events: this.#events,
        timers,
        budget: new RunBudget(options.bounds),
        load: new RunLoad(Math.max(1, options.concurrency ?? frameLimits.concurrency)),
        log: frameAt(this.#taken ?? log.frame, within),
        nest,
        part: part === null ? null : partSteps(part),
        answers: log.answers,
        records: log.records,
        waiting: log.waiting,
        pauses: options.pauses === true,
      },
      (result) => this.#end(result),
    );
    this.#scheduler = scheduler;
    if (options.cancelled === true) {
      scheduler.abort(cancelled);
      return;
    }
    // Counted from here also where a log is taken up again: the time that nobody ran it is not the run's.
    const seconds = plan.timeLimitSeconds ?? timeLimits.standard;
    this.#cancelLimit = timers.after(seconds * 1000, () => scheduler.fail(tookTooLong(seconds)));
    scheduler.start();
  }

  #take(results: readonly TakenResult[]): void {
    if (results.length === 0) return;
    const told = results.map((result) => {
      const event = { ...result };
      this.#events.emit(event);
      return event as RunEvent;
    });
    this.#taken = readRunLog(told).frame;
  }

  #end(result: FrameResult): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelLimit?.();
    this.#events.emit(result.outcome === "paused" ? { type: "run-paused" } : { type: "run-end", ...result });
    this.sink.end();
  }
}

const remembered = ({ conversation }: Pick<RunOptions, "conversation">): Pick<RunOptions, "conversation"> =>
  conversation === undefined ? {} : { conversation };

const tookTooLong = (seconds: number): RunErrorData => ({
  code: "run-timeout",
  message: `The run took longer than ${seconds} s.`,
});

/** The plan of the frame at a path; null where the path leads to no container of this plan. */
export const planWithin = (plan: Plan, within: NodePath): Plan | null => {
  let inner: Plan | null = plan;
  for (const segment of within) {
    const container: string | undefined = frameSegment(segment)?.container;
    inner = inner?.nodes.find(({ id }) => id === container)?.body?.plan ?? null;
  }
  return inner;
};

const frameAt = (log: FrameLog, within: NodePath): FrameLog =>
  within.reduce<FrameLog>((frame, segment) => frame.frames.get(segment) ?? emptyFrameLog, log);

/** How many taken results stand at the beginning of a log. */
const toldOf = (log: readonly RunEvent[]): number => {
  const other = log.findIndex(
    (event, index) => index > 0 && !(event.type === "node-end" && "cached" in event && event.cached),
  );
  return (other < 0 ? log.length : other) - 1;
};

const partSteps = ({ steps, node, given }: RunPart): PartSteps => ({
  steps: new Set(steps),
  given: node === undefined || given === undefined ? null : { node, inputs: given },
});

const cancelled: RunErrorData = { code: "aborted", message: "The run was cancelled." };
