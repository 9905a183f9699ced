import { evalLimits } from "../contract/limits";
import type { Comparison, Decision, Interval } from "../contract/report";
import { benjaminiHochberg, holm } from "../statistics/adjust";
import { casesToSettle } from "../statistics/cases-to-settle";
import { spentOnLook } from "../statistics/looks";
import { normalQuantile } from "../statistics/normal";
import { usualPower } from "../statistics/plan-rows";
import type { Adverse } from "./adverse";
import { partLeft } from "./dropped";
import type { Finding } from "./finding";

export interface Rules {
  readonly alpha: number;
  readonly correction: "holm" | "benjamini-hochberg";
  /** Not all cells are there: only bounds that may be looked at any time count. */
  readonly partial: boolean;
  readonly look: { readonly number: number; readonly alpha: number };
  /** Losers may be dropped, which has a part of what the look may spend. */
  readonly dropping: boolean;
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
  /** Say how many rows more would settle it. */
  readonly advise?: boolean;
  /** It was dropped while it ran: only bounds that hold at all times count, however many rows there are. */
  readonly isDropped?: boolean;
  /** What rows that only one of the two has could do; null where there are none. */
  readonly adverse?: Adverse | null;
}

/** Something that counts is asked for first: a difference that is surely there, and as surely too small to count, is none. */
const decide = (
  { low, high }: { readonly low: number | null; readonly high: number | null },
  { better, margin, negligible }: Member,
): Decision => {
  if (low === null || high === null) return "inconclusive";
  const band = margin ?? negligible;
  if (low >= -band && high <= band) return "no-difference";
  if (low > 0) return better === "higher" ? "better" : "worse";
  if (high < 0) return better === "higher" ? "worse" : "better";
  return margin !== null && (better === "higher" ? low > -margin : high < margin) ? "not-worse" : "inconclusive";
};

/** What a decision may not become where the missing rows had gone the other way. */
const asGood: Readonly<Record<Decision, readonly Decision[]>> = {
  better: ["better"],
  worse: ["worse"],
  "not-worse": ["better", "not-worse", "no-difference"],
  "no-difference": ["no-difference"],
  inconclusive: [],
};

/** Whether rows that are missing of one of the two could turn the decision. */
const isTurned = (decision: Decision, member: Member, boundsOf: (finding: Finding) => Parameters<typeof decide>[0]) => {
  const { adverse, better } = member;
  if (adverse === null || adverse === undefined || decision === "inconclusive") return false;
  const against = better === "higher" ? "low" : "high";
  const sides = { better: [against], "not-worse": [against], worse: [against === "low" ? "high" : "low"] } as const;
  return (decision === "no-difference" ? (["low", "high"] as const) : sides[decision]).some((side) => {
    const finding = adverse(side);
    return finding === null || !asGood[decision].includes(decide(boundsOf(finding), member));
  });
};

const moreRowsOf = (
  { value, error, rows }: Finding,
  { better, margin, negligible }: Member,
  level: number,
  { look, alpha, dropping }: Rules,
) =>
  error === null
    ? null
    : casesToSettle(
        {
          value: better === "higher" ? value : -value,
          error,
          rows,
          margin,
          negligible,
          look: look.number,
          alpha: look.alpha,
          own: alpha,
          level,
          part: partLeft(dropping),
        },
        evalLimits.rows,
      );

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
  const { alpha, look, dropping } = rules;
  const tested = members.filter(({ finding }) => finding !== null);
  const adjust = rules.correction === "holm" ? holm : benjaminiHochberg;
  const adjusted = adjust(tested.map(({ finding, isDropped }) => (isDropped ? 1 : (finding?.pValue ?? 1))));
  /** Of what is said while it runs, and of the bands. */
  const spent = partLeft(dropping) * spentOnLook(look.number, look.alpha);
  const runningLevel = (look.number > 1 ? spent : alpha) / Math.max(1, tested.length);
  return members.map((member): Comparison => {
    const { finding, variant, better, margin } = member;
    const partial = rules.partial || member.isDropped === true;
    if (finding === null) return { ...nothing, variant, confidence: 1 - alpha };
    const adjustedPValue = adjusted[tested.indexOf(member)] ?? 1;
    const { pValue, value } = finding;
    // p ≤ level exactly where the adjusted p ≤ alpha: interval and decision cannot part ways.
    const level = partial
      ? runningLevel
      : adjustedPValue > 0
        ? Math.min(alpha, (alpha * pValue) / adjustedPValue)
        : alpha;
    const sequenceBounds = finding.sequence?.(runningLevel) ?? null;
    const sequence = sequenceBounds && { value, ...sequenceBounds, method: "confidence-sequence" };
    const difference: Interval = partial
      ? (sequence ?? { value, low: null, high: null, method: "confidence-sequence" })
      : { value, ...finding.interval(level), method: finding.method };
    const worst = better === "higher" ? difference.low : difference.high === null ? null : -difference.high;
    const oneSided = margin === null ? 1 : better === "higher" ? finding.above(-margin) : 1 - finding.above(margin);
    const seen = decide(difference, member);
    const none = { low: null, high: null };
    const turned = isTurned(seen, member, (other) =>
      partial ? (other.sequence?.(runningLevel) ?? none) : other.interval(level),
    );
    const decision = turned ? "inconclusive" : seen;
    const holds = margin !== null && worst !== null && worst > -margin && !turned;
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
      error: finding.error,
      ...(turned && { turnedByMissing: true }),
      detectable:
        finding.error === null ? null : (normalQuantile(1 - level / 2) + normalQuantile(usualPower)) * finding.error,
      moreRows:
        decision === "inconclusive" && member.advise === true && member.isDropped !== true
          ? moreRowsOf(finding, member, level, rules)
          : null,
      ...(finding.adjusted && !partial && { adjusted: finding.adjusted }),
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
