import { normalCdf, normalQuantile } from "./normal";
import { usualPower } from "./plan-rows";

export interface MarginPlan {
  /** Standard deviation of the differences of single rows. */
  readonly deviation: number;
  readonly margin: number;
  /** Two-sided; a gate passes at half of it. */
  readonly alpha: number;
}

/** Chance that a candidate which is as good as what is live is shown to be not worse by more than the margin on so many independent rows: a one-sided test (Piaggio et al., 2012). */
export const marginPower = (rows: number, { deviation, margin, alpha }: MarginPlan): number =>
  deviation > 0
    ? normalCdf((margin * Math.sqrt(rows)) / deviation - normalQuantile(1 - alpha / 2))
    : margin > 0
      ? 1
      : alpha / 2;

/** Independent rows for a chance of 80 %; null where no number gives it. */
export const rowsForMargin = ({ deviation, margin, alpha }: MarginPlan): number | null =>
  margin > 0
    ? Math.ceil((((normalQuantile(1 - alpha / 2) + normalQuantile(usualPower)) * deviation) / margin) ** 2)
    : null;
