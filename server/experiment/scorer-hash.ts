import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { hashJson } from "@/runtime/graph/hash";

/** SHA-256 of all that a scorer's score hangs on beside the cell, hex. */
export const scorerHash = ({ scorer, config, output, expected }: ReadyScorer): string =>
  hashJson([scorer.type, scorer.version, config, output ?? null, expected ?? null]);

/** SHA-256 of what an answer hangs on: revision, what its steps read (`contentStates`), inputs and repeat, hex. */
export const cellKey = (
  revisionId: string,
  contentState: string | undefined,
  inputs: Readonly<Record<string, unknown>>,
  repeat: number,
): string => hashJson([revisionId, contentState ?? null, inputs, repeat]);
