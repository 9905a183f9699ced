import type { ToolClass } from "./tool";

export const onceLimits = {
  /** Values that one step may have kept. */
  values: 2_000,
  /** Characters of a key. */
  key: 200,
} as const;

/** A call of a tool that is about to be made. */
export interface ToolUse {
  /** Unique within the step. */
  readonly id: string;
  readonly name: string;
  readonly class: ToolClass;
  /** As the model wrote them. */
  readonly arguments: string;
}

/** How a call of a tool ended. */
export interface ToolOutcome {
  /** `refused`: it was not made, because a person, a policy or a limit forbade it. */
  readonly outcome: "success" | "failure" | "refused";
  /** What the model is told. */
  readonly content: string;
}

/** What a step does once in a run, however often it is tried again. */
export interface Once {
  /**
   * Computes a value, which is written down as an event of the run and given again whenever the step is tried again: after a failure, after it waited for
   * people, and after a crash. A rejection is not kept. Values are plain JSON. Asked for twice at a time, it is computed once.
   */
  value<Value>(key: string, compute: () => Promise<Value>): Promise<Value>;
  /** The same in two steps, for a value that is told while it is made: what was kept of it, and the keeping. */
  kept<Value>(key: string): Value | undefined;
  keep<Value>(key: string, value: Value): Value;
  /** The same for a call of a tool, told as such: that it begins, and how it ended. */
  call(use: ToolUse, make: () => Promise<ToolOutcome>): Promise<ToolOutcome>;
}
