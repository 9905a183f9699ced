import type { RunEvent } from "@/runtime/run/events";

/** Takes the events of a run as they happen. It never blocks the run: it says `full`, and the run waits by `whenDrained`. */
export interface EventSink {
  /** In order. Must not throw. */
  take(event: RunEvent): void;
  /** Nothing more comes. */
  end(): void;
  /** Whether nodes should not be started, nor streams be read on. */
  readonly full: boolean;
  /** Calls back once, when there is room again. */
  whenDrained(callback: () => void): void;
}
