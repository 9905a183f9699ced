import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";

/** A version against itself, to see how often a difference is called where there is none. */
export const isSameVersion = ({ variants }: Pick<ExperimentSpec, "variants">): boolean =>
  variants.length === 2 && variants[0]?.revisionId === variants[1]?.revisionId;

/**
 * By variant: the number of its first repeat among all answers of its version. A version that is there twice has answers of its own each time: the stored ones of one are never
 * taken for the other's, so that a second start compares what the first did.
 */
export const firstRepeats = ({ variants, repeats }: Pick<ExperimentSpec, "variants" | "repeats">): number[] =>
  variants.map(
    ({ revisionId }, place) =>
      repeats * variants.slice(0, place).filter((each) => each.revisionId === revisionId).length,
  );
