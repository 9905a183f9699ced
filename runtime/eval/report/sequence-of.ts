import { sequenceReach, sequenceStart } from "../statistics/confidence-sequence";
import type { Bounds } from "./finding";

/** Always-valid bounds; null before there is enough to say anything. They are tightest at `planned` clusters, which must be fixed before the first look:
 * tuned anew at every look they would not be valid. */
export const sequenceOf = (
  value: number,
  error: number,
  clusters: number,
  planned: number,
): ((alpha: number) => Bounds) | null =>
  clusters < sequenceStart || !(error > 0)
    ? null
    : (alpha) => {
        const reach = sequenceReach(error, clusters, alpha, planned);
        return { low: value - reach, high: value + reach };
      };
