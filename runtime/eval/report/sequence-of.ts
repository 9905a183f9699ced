import { sequenceReach, sequenceStart } from "../statistics/confidence-sequence";
import type { Bounds } from "./finding";

/** Always-valid bounds, tightest at `tuned` clusters (left out: about now); null before there is enough to say anything. */
export const sequenceOf = (
  value: number,
  error: number,
  clusters: number,
  tuned = clusters,
): ((alpha: number) => Bounds) | null =>
  clusters < sequenceStart || !(error > 0)
    ? null
    : (alpha) => {
        const reach = sequenceReach(error, clusters, alpha, tuned);
        return { low: value - reach, high: value + reach };
      };
