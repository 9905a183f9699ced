import type { NodePath } from "./events";

/**
 * `to`: the step and what leads to it. `alone`: the step and nothing else. `from`: the step and all that follows it. `changed`: what a stored run does not
 * answer for any more. `pinned`: everything, with pinned steps in place of what they give.
 */
export const partModes = ["to", "alone", "from", "changed", "pinned"] as const;
export type PartMode = (typeof partModes)[number];

/** Which steps a run was asked for, where it was not all of them anew. */
export interface RunPart {
  readonly mode: PartMode;
  /** The step that was pointed at; left out for `changed` and `pinned`. */
  readonly node?: string;
  /** The one item or round of containers that was run as if it were the pipeline: `["map-1#3"]`. The run's inputs are then what it was given. */
  readonly within?: NodePath;
  /** Ids of the steps to run. Those that are not among them, and whose results were not taken, end as `left-out`. */
  readonly steps: readonly string[];
  /** What a person gave the step in place of what comes along its wires, by input. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** How many results were taken: they are told first, one event each. */
  readonly taken: number;
  /** The stored run whose results were taken. */
  readonly source?: string;
  /** Steps in whose place a pinned output stood. */
  readonly pins?: readonly string[];
}

/** Whether a run of this part may well reach no output: then none is no lack of a result. */
export const mayEndEarly = (part: RunPart | null): boolean =>
  part !== null && (part.within !== undefined || part.mode === "to" || part.mode === "alone");

/** Why a part of a pipeline cannot be run. `node` is what a step is called, `frame` a path of events. */
export type PartRefusal =
  /** There is no such step, or it is switched off. */
  | { readonly code: "no-step" | "switched-off"; readonly node: string }
  /** The item or round that is shown has no record that it could be run from. */
  | { readonly code: "no-frame"; readonly frame: string }
  /** What it was given was too long to be recorded whole. */
  | { readonly code: "frame-cut"; readonly frame: string; readonly port: string }
  /** Nothing is known of what comes in there. */
  | { readonly code: "no-input"; readonly node: string; readonly port: string }
  | { readonly code: "input-wrong"; readonly node: string; readonly reason: string }
  | { readonly code: "pin-wrong"; readonly node: string; readonly reason: string };
