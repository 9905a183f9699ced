import type { Locale } from "@/runtime/node/localized";
import type { Comparison, MetricReport } from "../contract/report";
import { formatDifference } from "./format-value";

/** Whether the mean of a metric without bounds may be judged; where it may not, only the usual case can be spoken of. */
export const isMeanJudged = ({ cautions = [] }: Comparison): boolean =>
  !cautions.includes("few-for-mean") && !cautions.includes("mean-of-few");

/** What is sure of the usual case where nothing is of the mean, as in `−490 ms in the usual case`; empty where nothing is. */
export const sayTypical = (comparison: Comparison, metric: MetricReport, locale: Locale): string => {
  const { typical } = comparison;
  if (typical === undefined || typical.low === null || typical.high === null || isMeanJudged(comparison)) return "";
  if (typical.low <= 0 && typical.high >= 0) return "";
  const change = formatDifference(typical.value, metric, locale);
  return locale === "zh" ? `典型用例 ${change}` : `${change} in the usual case`;
};
