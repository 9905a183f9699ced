import type { ReportInput } from "../contract/report-input";
import { type VarianceParts, varianceParts } from "../statistics/variance-parts";
import type { MetricEvidence } from "./evidence";

/** Repeats of each row that have a value, by variant. */
const repeatsOf = (input: ReportInput, { scorerId, definition }: MetricEvidence): number[][][] => {
  const rows = input.variants.map(() => input.rows.map((): number[] => []));
  for (const { variant, row, scores } of input.cells) {
    const value = scores[scorerId]?.values[definition.key];
    if (typeof value === "number" && Number.isFinite(value)) rows[variant]?.[row]?.push(value);
  }
  return rows;
};

/** By variant: what its difference from the baseline is made of; null without repeats, and where a metric has no value of single answers. */
export const partsOf = (input: ReportInput, evidence: MetricEvidence): (VarianceParts | null)[] => {
  if (input.repeats < 2 || evidence.kind !== "mean") return input.variants.map(() => null);
  const repeats = repeatsOf(input, evidence);
  const base = repeats[input.baseline] ?? [];
  return repeats.map((own, variant) => (variant === input.baseline ? null : varianceParts(own, base)));
};
