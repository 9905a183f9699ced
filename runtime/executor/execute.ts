import { timeLimits } from "@/runtime/graph/document";
import type { ModelGateway } from "@/runtime/model/endpoint";
import { checkInputs, type RunInputs } from "@/runtime/plan/check-inputs";
import type { Plan } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { RunEvent, RunVariant } from "@/runtime/run/events";
import { EventChannel } from "./event-channel";
import { Frame } from "./frame";
import type { ResultCache } from "./result-cache";
import { RunBudget, type ValueBounds } from "./run-budget";
import { readRunLog } from "./run-log";
import type { RunServices } from "./run-services";
import { type FrameResult, Scheduler } from "./scheduler";
import { realTimers, type Timers } from "./timers";

export interface ExecuteOptions {
  readonly runId: string;
  readonly models: ModelGateway;
  /** Files, knowledge bases and registered models. */
  readonly services?: RunServices;
  /** Which variants the plan was made with, to be told in the log. */
  readonly variants?: readonly RunVariant[];
  /** Cancels the run, and with it the model calls under way. */
  readonly signal?: AbortSignal;
  /** `stop` ends the run at the first failure that no policy forgives; `continue` lets independent branches finish first. */
  readonly failureMode?: "stop" | "continue";
  /** Most nodes under way at once. */
  readonly concurrency?: number;
  /**
   * The log that an earlier execution of this run left, whole and in order. Nodes that ended are taken from it, one that was under
   * way starts again, and sequence numbers go on from it. `inputs` are then those of the log.
   */
  readonly resume?: readonly RunEvent[];
  readonly cache?: ResultCache;
  /** How large values may grow, where that is not what the catalogue says. */
  readonly bounds?: ValueBounds;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly timers?: Timers;
}

/**
 * Runs a plan, once, when the iteration begins. Never throws and never rejects: whatever happens, the last event is `run-end`.
 * Leaving the iteration early cancels the run.
 */
export const execute = (plan: Plan, inputs: unknown, options: ExecuteOptions): AsyncIterable<RunEvent> => {
  const log = readRunLog(options.resume ?? []);
  let scheduler: Scheduler | null = null;
  let cancelLimit: (() => void) | null = null;

  const onAbort = () => scheduler?.abort(cancelled);
  const channel = new EventChannel(options.runId, log.lastSeq + 1, options.now ?? Date.now, {
    begin: () => {
      try {
        begin();
      } catch (thrown) {
        // The one catch of the engine: what gets here is a bug of ours.
        end({ outcome: "failure", error: { code: "internal", message: `The run broke. ${String(thrown)}` } });
      }
    },
    abandoned: onAbort,
  });

  const end = (result: FrameResult) => {
    cancelLimit?.();
    options.signal?.removeEventListener("abort", onAbort);
    channel.emit({ type: "run-end", ...result });
    channel.close();
  };

  const begin = () => {
    if (log.ended) {
      channel.close();
      return;
    }
    const checked = checkInputs(plan.inputFields, log.start?.inputs ?? inputs);
    if (log.start === null) {
      const known: RunInputs = checked.ok ? checked.value : {};
      const { variants = [] } = options;
      const tried = variants.length > 0 ? { variants } : {};
      channel.emit({ type: "run-start", graphHash: plan.graphHash, inputs: known, ...tried });
    } else if (log.start.graphHash !== plan.graphHash) {
      const message = "The run cannot go on: its log belongs to another version of the pipeline.";
      end({ outcome: "failure", error: { code: "interrupted", message } });
      return;
    }
    if (!checked.ok) {
      const message = checked.error.map((problem) => problem.message).join(" ");
      end({ outcome: "failure", error: { code: "input-invalid", message } });
      return;
    }
    scheduler = new Scheduler(
      new Frame(plan),
      {
        models: options.models,
        services: options.services ?? {},
        run: { id: options.runId, inputs: checked.value },
        now: options.now ?? Date.now,
        emit: (event) => channel.emit(event),
        channel,
        timers: options.timers ?? realTimers,
        failureMode: options.failureMode ?? "stop",
        budget: new RunBudget(options.bounds),
        concurrency: Math.max(1, options.concurrency ?? 32),
        cache: options.cache,
        endings: log.endings,
        attempts: log.attempts,
      },
      end,
    );
    if (options.signal?.aborted === true) scheduler.abort(cancelled);
    else {
      options.signal?.addEventListener("abort", onAbort, { once: true });
      // Counted from here also where a log is taken up again: the time that nobody ran it is not the run's.
      const seconds = plan.timeLimitSeconds ?? timeLimits.standard;
      const timers = options.timers ?? realTimers;
      cancelLimit = timers.after(seconds * 1000, () => scheduler?.fail(tookTooLong(seconds)));
      scheduler.start();
    }
  };

  return channel;
};

const tookTooLong = (seconds: number): RunErrorData => ({
  code: "run-timeout",
  message: `The run took longer than ${seconds} s.`,
});

const cancelled: RunErrorData = { code: "aborted", message: "The run was cancelled." };
