import type { Comparison, MetricReport, Report } from "@/runtime/eval/contract/report";

/** Whether differences of a metric are in points; of all others a relative change can be drawn. */
const inPoints = ({ unit, scale, kind }: MetricReport): boolean =>
  unit === null && (scale !== "number" || kind === "pair");

export interface ForestLine {
  readonly metric: MetricReport;
  readonly comparison: Comparison;
  /** Place on the axis: points of a share, or the change relative to the baseline, in percent. null where it cannot be drawn. */
  readonly at: { readonly value: number; readonly low: number | null; readonly high: number | null } | null;
}

/** The comparisons of a report in two groups with an axis each: shares in points, everything else relative to the baseline. */
export const forestLines = (
  report: Pick<Report, "baseline">,
  metrics: readonly MetricReport[],
): { readonly points: readonly ForestLine[]; readonly relative: readonly ForestLine[] } => {
  const groups = { points: [] as ForestLine[], relative: [] as ForestLine[] };
  for (const metric of metrics) {
    const points = inPoints(metric);
    const base = metric.values.find(({ variant }) => variant === report.baseline)?.estimate?.value ?? 0;
    const unit = points ? 0.01 : Math.abs(base) / 100;
    for (const comparison of metric.comparisons) {
      const { difference } = comparison;
      const scaled = (value: number | null) => (value === null ? null : value / unit);
      groups[points ? "points" : "relative"].push({
        metric,
        comparison,
        at:
          difference === null || unit === 0
            ? null
            : { value: difference.value / unit, low: scaled(difference.low), high: scaled(difference.high) },
      });
    }
  }
  return groups;
};

/** The next round number: 1, 2, 2.5 or 5 times a power of ten. */
export const roundUp = (value: number): number => {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
};

/** Half the width of an axis around 0 that shows all of the lines: a round number, at least 1. */
export const axisReach = (lines: readonly ForestLine[]): number =>
  roundUp(
    Math.max(1, ...lines.flatMap(({ at }) => (at === null ? [] : [at.value, at.low ?? 0, at.high ?? 0].map(Math.abs)))),
  );
