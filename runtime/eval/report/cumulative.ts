import type { Comparison, CumulativePoint } from "../contract/report";
import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";

export const mostPoints = 60;

/** The main metric's difference after the first rows, the first more rows and so on, up to all of them. */
export const cumulativeOf = (
  evidence: MetricEvidence,
  frame: Frame,
  { baseline, comparison, partial }: { baseline: number; comparison: Comparison; partial: boolean },
): CumulativePoint[] => {
  const last: CumulativePoint[] =
    comparison.difference === null
      ? []
      : [{ rows: comparison.rows, difference: comparison.difference, sequence: comparison.sequence }];
  if (evidence.kind === "corpus" || evidence.labels !== undefined) return last;
  const level = 1 - comparison.confidence;
  const differences = differencesOf(evidence, comparison.variant, baseline);
  const places: number[] = [];
  for (let row = 0; row < differences.length; row += 1) if (!Number.isNaN(differences[row])) places.push(row);
  const points = Math.min(mostPoints, places.length);
  const steps = Array.from({ length: points - 1 }, (_, index) => Math.round(((index + 1) * places.length) / points));
  const before = steps.flatMap((step): CumulativePoint[] => {
    const finding = findingOf(differences.subarray(0, (places[step - 1] as number) + 1), frame, evidence);
    if (finding === null) return [];
    const { value } = finding;
    const bounds = finding.sequence?.(level) ?? null;
    const sequence = bounds && { value, ...bounds, method: "confidence-sequence" };
    const none = { value, low: null, high: null, method: "confidence-sequence" };
    const difference = partial ? (sequence ?? none) : { value, ...finding.interval(level), method: finding.method };
    return [{ rows: step, difference, sequence }];
  });
  return [...before, ...last];
};
