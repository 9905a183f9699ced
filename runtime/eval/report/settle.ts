import { evalLimits } from "../contract/limits";
import type { Comparison, Decision, Interval } from "../contract/report";
import { benjaminiHochberg, holm } from "../statistics/adjust";
import { normalQuantile } from "../statistics/normal";
import { usualPower } from "../statistics/plan-rows";
import type { Finding } from "./finding";

export interface Rules {
  readonly alpha: number;
  readonly correction: "holm" | "benjamini-hochberg";
  /** Not all cells are there: only bounds that may be looked at any time count. */
  readonly partial: boolean;
  /** Also say what other methods say. */
  readonly thorough?: boolean;
}

export interface Member {
  readonly variant: number;
  readonly finding: Finding | null;
  readonly better: "higher" | "lower";
  /** Non-inferiority margin; null for none. */
  readonly margin: number | null;
  /** Differences so small that they count as none. */
  readonly negligible: number;
}

/** Rows needed so that the difference seen would be found with 80 % power: n ((z_{1-α/2} + z_{power}) error / value)². */
const moreRowsOf = ({ value, error, rows }: Finding, alpha: number): number | null => {
  if (value === 0 || error === null) return null;
  const ratio = ((normalQuantile(1 - alpha / 2) + normalQuantile(usualPower)) * error) / value;
  const more = Math.ceil(rows * ratio ** 2) - rows;
  return more > 0 && more + rows <= evalLimits.rows ? more : null;
};

const decide = (interval: Interval, { better, margin, negligible }: Member, holds: boolean): Decision => {
  const { low, high } = interval;
  if (low === null || high === null) return "inconclusive";
  if (low > 0) return better === "higher" ? "better" : "worse";
  if (high < 0) return better === "higher" ? "worse" : "better";
  const band = margin ?? negligible;
  if (low >= -band && high <= band) return "no-difference";
  return holds ? "not-worse" : "inconclusive";
};

const othersOf = (finding: Finding, alpha: number): NonNullable<Comparison["others"]> => ({
  tests: finding.otherTests?.() ?? [],
  intervals: (finding.otherIntervals?.(alpha) ?? []).map((bounds) => ({ value: finding.value, ...bounds })),
});

const typicalOf = ({ typical }: Finding, level: number): Pick<Comparison, "typical"> => {
  if (typical === undefined) return {};
  const { low, high } = typical.interval(level) ?? { low: null, high: null };
  return { typical: { value: typical.value, low, high, method: "median-sign" } };
};

/** Corrects one family of comparisons for their number, and decides each. */
export const settle = (members: readonly Member[], rules: Rules): Comparison[] => {
  const { alpha, partial } = rules;
  const tested = members.filter(({ finding }) => finding !== null);
  const adjust = rules.correction === "holm" ? holm : benjaminiHochberg;
  const adjusted = adjust(tested.map(({ finding }) => finding?.pValue ?? 1));
  return members.map((member): Comparison => {
    const { finding, variant, better, margin } = member;
    if (finding === null) return { ...nothing, variant, confidence: 1 - alpha };
    const adjustedPValue = adjusted[tested.indexOf(member)] ?? 1;
    const { pValue, value } = finding;
    // p ≤ level exactly where the adjusted p ≤ alpha: interval and decision cannot part ways.
    const level = partial
      ? alpha / Math.max(1, tested.length)
      : adjustedPValue > 0
        ? Math.min(alpha, (alpha * pValue) / adjustedPValue)
        : alpha;
    const sequenceBounds = finding.sequence?.(alpha / Math.max(1, tested.length)) ?? null;
    const sequence = sequenceBounds && { value, ...sequenceBounds, method: "confidence-sequence" };
    const difference: Interval = partial
      ? (sequence ?? { value, low: null, high: null, method: "confidence-sequence" })
      : { value, ...finding.interval(level), method: finding.method };
    const worst = better === "higher" ? difference.low : difference.high === null ? null : -difference.high;
    const oneSided = margin === null ? 1 : better === "higher" ? finding.above(-margin) : 1 - finding.above(margin);
    const holds = margin !== null && worst !== null && worst > -margin;
    const decision = decide(difference, member, holds);
    const [wins, losses] = better === "higher" ? [finding.higher, finding.lower] : [finding.lower, finding.higher];
    return {
      variant,
      rows: finding.rows,
      clusters: finding.clusters,
      difference,
      confidence: 1 - level,
      test: partial ? null : { ...finding.test, pValue, adjustedPValue },
      effectSize: finding.effectSize,
      ...(rules.thorough === true && !partial && { others: othersOf(finding, level) }),
      nonInferiority: margin === null ? null : { margin, pValue: Math.min(1, (oneSided * alpha) / level), holds },
      sequence,
      decision,
      detectable:
        finding.error === null ? null : (normalQuantile(1 - level / 2) + normalQuantile(usualPower)) * finding.error,
      moreRows: decision === "inconclusive" ? moreRowsOf(finding, level) : null,
      ...(finding.corrected && { corrected: finding.corrected }),
      ...typicalOf(finding, alpha / Math.max(1, tested.length)),
      ...(finding.cautions?.length && { cautions: finding.cautions }),
      wins,
      losses,
      ties: finding.same,
    };
  });
};

const nothing = {
  rows: 0,
  clusters: 0,
  difference: null,
  test: null,
  effectSize: null,
  nonInferiority: null,
  sequence: null,
  decision: "inconclusive",
  detectable: null,
  moreRows: null,
  wins: 0,
  losses: 0,
  ties: 0,
} as const;
