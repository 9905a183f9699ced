import type { RunView } from "@/components/run/run-store";
import type { PartMode } from "@/runtime/run/run-part";

/** Which steps of what is on the canvas a person wants to run. */
export interface PartWish {
  readonly mode: Exclude<PartMode, "pinned">;
  readonly node?: string;
  /** Inputs of the step that were written by hand, by port. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Inputs that were emptied by hand. */
  readonly cleared?: readonly string[];
}

/** The run on the screen that a part may stand on: one of the same frame, or the run that the frame is of. */
export const sourceOf = (current: RunView | null, within: readonly string[]): string | null => {
  if (current === null || current.state.status === "pending" || current.state.status === "running") return null;
  const own = current.state.part?.within ?? [];
  if (own.join("/") === within.join("/")) return current.runId;
  // A run of one frame says nothing of the others; the one before does.
  return own.length === 0 ? current.runId : (current.around?.runId ?? null);
};
