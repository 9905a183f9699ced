import type { Locale } from "@/runtime/node/localized";
import { csvLine } from "@/runtime/text/csv";
import type { Report } from "../contract/report";
import { reportLines } from "./report-table";

const heads = [
  "metric_id",
  "metric",
  "variant",
  "baseline",
  "rows",
  "missing",
  "value",
  "low",
  "high",
  "method",
  "difference",
  "difference_low",
  "difference_high",
  "confidence",
  "difference_method",
  "test",
  "p_value",
  "adjusted_p_value",
  "decision",
  "counts",
] as const;

/** The report as a table, a line for every metric of every variant. Numbers in the metric's own units. */
export const reportCsv = (report: Report, locale: Locale): string => {
  const lines = reportLines(report, locale).map(({ metric, title, label, baseline, value, comparison }) => [
    metric.id,
    title,
    label,
    baseline,
    value?.rows ?? comparison?.rows ?? null,
    value?.missing ?? null,
    value?.estimate?.value ?? null,
    value?.estimate?.low ?? null,
    value?.estimate?.high ?? null,
    value?.estimate?.method ?? null,
    comparison?.difference?.value ?? null,
    comparison?.difference?.low ?? null,
    comparison?.difference?.high ?? null,
    comparison?.confidence ?? null,
    comparison?.difference?.method ?? null,
    comparison?.test?.name ?? null,
    comparison?.test?.pValue ?? null,
    comparison?.test?.adjustedPValue ?? null,
    comparison?.decision ?? null,
    metric.counts,
  ]);
  return [heads, ...lines].map(csvLine).join("");
};
