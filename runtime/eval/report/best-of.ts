import type { BestSet, Comparison } from "../contract/report";
import { bestSet, shrunkGains } from "../statistics/best-set";
import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";

/** Which of several variants may be the best, and what the leader is likely to gain next time. null for fewer than three, and where two variants cannot be compared at will. */
export const bestOf = (
  evidence: MetricEvidence,
  frame: Frame,
  {
    baseline,
    alpha,
    comparisons,
    dropped,
  }: { baseline: number; alpha: number; comparisons: readonly Comparison[]; dropped: readonly number[] },
): BestSet | null => {
  const { kind, values, definition } = evidence;
  if (kind !== "mean" || values.length < 3) return null;
  const notBetter = (one: number, other: number): number | null => {
    if (dropped.includes(one)) return null;
    if (dropped.includes(other)) return 0;
    const finding = findingOf(differencesOf(evidence, one, other), frame, evidence);
    if (finding === null) return null;
    const oneSided = definition.better === "higher" ? finding.above(0) : 1 - finding.above(0);
    return Math.max(oneSided, finding.pValue / 2);
  };
  const known = comparisons.flatMap(({ variant, difference, error }) =>
    difference === null || error == null || dropped.includes(variant)
      ? []
      : [{ variant, value: difference.value, error }],
  );
  const sign = definition.better === "higher" ? 1 : -1;
  const [leader] = known.toSorted((one, other) => sign * (other.value - one.value));
  const shrunk = known.length < 2 ? [] : shrunkGains(known);
  const gain = leader === undefined ? undefined : shrunk[known.indexOf(leader)];
  return {
    variants: bestSet(values.length, notBetter, alpha),
    leader: leader?.variant ?? baseline,
    gain: gain ?? null,
  };
};
