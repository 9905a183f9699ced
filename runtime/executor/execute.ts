import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { EventChannel } from "./event-channel";
import type { EventSink } from "./event-sink";
import { type RunHandle, type RunOptions, startRun } from "./start-run";

export interface ExecuteOptions extends RunOptions {
  /** Cancels the run, and with it the model calls under way. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a plan, once, when the iteration begins. Never throws and never rejects: whatever happens, the last event is `run-end`.
 * Leaving the iteration early cancels the run.
 */
export const execute = (plan: Plan, inputs: unknown, options: ExecuteOptions): AsyncIterable<RunEvent> => {
  const { signal } = options;
  let run: RunHandle | null = null;
  const cancel = () => run?.cancel();
  const channel: EventChannel = new EventChannel({
    begin: () => {
      const sink: EventSink = {
        take: (event) => channel.take(event),
        end: () => {
          signal?.removeEventListener("abort", cancel);
          channel.end();
        },
        get full() {
          return channel.full;
        },
        whenDrained: (callback) => channel.whenDrained(callback),
      };
      signal?.addEventListener("abort", cancel, { once: true });
      run = startRun(plan, inputs, { ...options, cancelled: signal?.aborted === true }, sink);
    },
    abandoned: cancel,
  });
  return channel;
};
