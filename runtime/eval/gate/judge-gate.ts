import type { Comparison, Interval, MetricReport, Report } from "../contract/report";
import type { GateSpec } from "./gate-spec";

/**
 * `too-few-rows`: the interval reaches across the bound, or so few rows are independent that they show nothing, so nobody can say. `judge-not-accepted`: its scores do not count yet. `no-value`: nothing was
 * measured. `incomplete`: answers are missing. `failed-runs`: the candidate has no value on rows where it should have one, because its runs or scorers failed; what is left says
 * nothing of them.
 */
export type GateDoubt = "failed-runs" | "too-few-rows" | "judge-not-accepted" | "no-value" | "incomplete";

/** One thing that was asked, what was seen, and whether it holds. */
export interface GateResult {
  readonly metric: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly scale: MetricReport["scale"];
  readonly unit: MetricReport["unit"];
  readonly kind: MetricReport["kind"];
  readonly better: MetricReport["better"];
  readonly asked: { readonly kind: "not-worse" | "floor" | "ceiling"; readonly bound: number };
  /** The candidate's value. */
  readonly value: Interval | null;
  /** The live version's. */
  readonly live: Interval | null;
  /** candidate - live, with the interval that decides `not-worse`. */
  readonly difference: Interval | null;
  /** More rows that settle it with 80 % power where the difference is as seen; null where that is not known. */
  readonly moreRows: number | null;
  /** Independent rows that are wanting before anything is said. Left out where there are enough. */
  readonly wanting?: number;
  /** Rows that have a value of both, or of the candidate alone; and confidence of the intervals. Left out by earlier versions. */
  readonly rows?: number;
  readonly confidence?: number;
  /** Of a floor or ceiling that the value keeps: whether its whole interval does. */
  readonly isSure?: boolean;
  /** null: cannot be said. A gate is passed only where everything holds. */
  readonly holds: boolean | null;
  readonly doubt: GateDoubt | null;
}

/** Whether the difference is certain to be within the margin, certain to be beyond it, or neither. */
const notWorse = ({ low, high }: Interval, better: "higher" | "lower", margin: number): boolean | null => {
  if (low === null || high === null) return null;
  const [worst, best] = better === "higher" ? [low, high] : [-high, -low];
  if (worst >= -margin) return true;
  return best < -margin ? false : null;
};

/** Rows that a candidate may lack a value on beyond those that the live version lacks too: a hiccup of a model is none of its own. */
const lackingRows = (rows: number): number => Math.max(1, Math.floor(0.02 * rows));

/** Fewer independent rows than this show nothing, whatever they say. */
export const leastRows = 20;

/**
 * Judges a report whose last variant is the candidate and whose first, where there are two, is the live version. Non-inferiority by the confidence interval of
 * the difference (Piaggio et al., "Reporting of Noninferiority and Equivalence Randomized Trials", JAMA 2012): it holds where the whole interval lies above the
 * margin. Floors and ceilings are held against the value that was seen, and say whether the whole interval keeps them. Closed where in doubt: what cannot be said
 * does not hold. `settles` says how many rows more would settle a margin.
 */
export const judgeGate = (
  spec: GateSpec,
  report: Report,
  settles: (comparison: Comparison, metric: MetricReport, margin: number) => number | null = () => null,
): GateResult[] => {
  const candidate = report.variants.length - 1;
  const hasLive = candidate > 0;
  const incomplete = report.cells.done < report.cells.total;
  return spec.requirements.flatMap(({ metric, margin, floor, ceiling }): GateResult[] => {
    const found = report.metrics.find(({ id }) => id === metric);
    const of = (variant: number) => found?.values.find((value) => value.variant === variant)?.estimate ?? null;
    const comparison = found?.comparisons.find(({ variant }) => variant === candidate) ?? null;
    const value = of(candidate);
    const shared = {
      metric,
      title: found?.title ?? { en: metric, zh: metric },
      scale: found?.scale ?? ("unit" as const),
      unit: found?.unit ?? null,
      kind: found?.kind ?? ("mean" as const),
      better: found?.better ?? ("higher" as const),
      value,
      live: hasLive ? of(0) : null,
      difference: hasLive ? (comparison?.difference ?? null) : null,
      moreRows: null,
      rows: comparison?.rows ?? found?.values.find((each) => each.variant === candidate)?.rows ?? 0,
      confidence: hasLive ? (comparison?.confidence ?? report.confidence) : report.confidence,
    };
    const independent = Math.min(comparison?.clusters ?? shared.rows, report.clusters ?? shared.rows);
    const wanting = leastRows - independent;
    const doubt = ((): GateDoubt | null => {
      if (incomplete) return "incomplete";
      if (found?.counts === false) return "judge-not-accepted";
      // What failed and counts as the worst seen is missing here: the worst may be no worse than the rest.
      const missing = (variant: number) => {
        const own = found?.values.find((each) => each.variant === variant);
        return own === undefined ? 0 : own.missing + (own.lacking ?? 0);
      };
      // Without a live version, only failed runs tell rows that should have a value from rows that no scorer applies to.
      const usual = hasLive
        ? missing(0)
        : missing(candidate) - (report.variants[candidate]?.failures ?? 0) / report.repeats;
      if (missing(candidate) > usual + lackingRows(report.rows)) return "failed-runs";
      if (comparison?.turnedByMissing === true) return "failed-runs";
      if (value === null && found?.kind !== "pair") return "no-value";
      return wanting > 0 ? "too-few-rows" : null;
    })();
    const result = (asked: GateResult["asked"], holds: boolean | null, own: GateDoubt | null = doubt): GateResult => ({
      ...shared,
      asked,
      holds: own === null ? holds : null,
      doubt: own,
      ...(own === "too-few-rows" && wanting > 0 && { wanting }),
    });
    const results: GateResult[] = [];
    if (margin !== null) {
      const asked = { kind: "not-worse" as const, bound: margin };
      if (!hasLive) results.push(result(asked, true));
      else {
        const holds = shared.difference === null ? null : notWorse(shared.difference, shared.better, margin);
        const unsure = doubt === null && holds === null;
        const more = unsure && comparison !== null && found !== undefined ? settles(comparison, found, margin) : null;
        const judged = result(asked, holds, unsure ? "too-few-rows" : doubt);
        results.push(more === null ? judged : { ...judged, moreRows: more });
      }
    }
    if (floor !== null) {
      const asked = { kind: "floor" as const, bound: floor };
      const isSure = value?.low !== null && value !== null && value.low >= floor;
      results.push({ ...result(asked, value !== null && value.value >= floor), isSure });
    }
    if (ceiling !== null) {
      const asked = { kind: "ceiling" as const, bound: ceiling };
      const isSure = value?.high !== null && value !== null && value.high <= ceiling;
      results.push({ ...result(asked, value !== null && value.value <= ceiling), isSure });
    }
    return results;
  });
};

export const isPassed = (results: readonly GateResult[]): boolean =>
  results.length > 0 && results.every(({ holds }) => holds === true);
