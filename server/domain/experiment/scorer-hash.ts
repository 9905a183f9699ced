import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { hashJson } from "@/runtime/graph/hash";

/** SHA-256 of all that a scorer's score hangs on beside the cell, hex. */
export const scorerHash = ({ scorer, config, output, expected }: ReadyScorer): string =>
  hashJson([scorer.type, scorer.version, config, output ?? null, expected ?? null]);

export interface AskedCell {
  readonly revisionId: string;
  /** `contentStates` of the revision. */
  readonly contentState: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Rows before it with the same inputs. */
  readonly copy: number;
  readonly repeat: number;
}

/** SHA-256 of what an answer hangs on: revision, what its steps read, inputs, which copy of them, and repeat, hex. */
export const cellKey = ({ revisionId, contentState, inputs, copy, repeat }: AskedCell): string =>
  hashJson([revisionId, contentState ?? null, inputs, repeat, ...(copy > 0 ? [copy] : [])]);
