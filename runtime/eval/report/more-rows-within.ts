import { evalLimits } from "../contract/limits";
import type { Comparison, MetricReport, Report } from "../contract/report";
import { casesToSettle } from "../statistics/cases-to-settle";

/** More rows that show with 80 % power that a variant is not worse by more than the margin, where the difference is as seen; null where no number would, or nothing is known. */
export const moreRowsWithin = (
  { difference, error, rows, confidence }: Comparison,
  { better }: Pick<MetricReport, "better">,
  margin: number,
  look: Report["look"],
): number | null =>
  difference === null || error === null || error === undefined
    ? null
    : casesToSettle(
        {
          value: better === "higher" ? difference.value : -difference.value,
          error,
          rows,
          margin,
          negligible: margin,
          look: look?.number ?? 1,
          alpha: look?.alpha ?? 1 - confidence,
          own: look?.own ?? 1 - confidence,
          level: 1 - confidence,
        },
        evalLimits.rows,
      );
