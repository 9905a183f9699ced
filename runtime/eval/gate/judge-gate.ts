import type { Interval, MetricReport, Report } from "../contract/report";
import type { GateSpec } from "./gate-spec";

/**
 * `too-few-rows`: the interval reaches across the bound, so nobody can say. `judge-not-accepted`: its scores do not count yet. `no-value`: nothing was
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
  /** More rows that would settle it, where that is known. */
  readonly moreRows: number | null;
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

/** More rows after which the interval, shrinking with the root of their number, would lie within the margin; null where no number would do. */
const moreRowsFor = (
  { value, low, high }: Interval,
  rows: number,
  better: "higher" | "lower",
  margin: number,
): number | null => {
  if (low === null || high === null) return null;
  const [middle, reach] = better === "higher" ? [value, value - low] : [-value, high - value];
  const room = middle + margin;
  return room <= 0 ? null : Math.max(1, Math.ceil(rows * ((reach / room) ** 2 - 1)));
};

/**
 * Judges a report whose last variant is the candidate and whose first, where there are two, is the live version. Non-inferiority by the confidence interval of
 * the difference (Piaggio et al., "Reporting of Noninferiority and Equivalence Randomized Trials", JAMA 2012): it holds where the whole interval lies above the
 * margin. Floors and ceilings are held against the value that was seen. Closed where in doubt: what cannot be said does not hold.
 */
export const judgeGate = (spec: GateSpec, report: Report): GateResult[] => {
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
    };
    const doubt = ((): GateDoubt | null => {
      if (incomplete) return "incomplete";
      if (found?.counts === false) return "judge-not-accepted";
      const missing = (variant: number) => found?.values.find((each) => each.variant === variant)?.missing ?? 0;
      // Without a live version, only failed runs tell rows that should have a value from rows that no scorer applies to.
      const usual = hasLive
        ? missing(0)
        : missing(candidate) - (report.variants[candidate]?.failures ?? 0) / report.repeats;
      if (missing(candidate) > usual + lackingRows(report.rows)) return "failed-runs";
      return value === null && found?.kind !== "pair" ? "no-value" : null;
    })();
    const result = (asked: GateResult["asked"], holds: boolean | null, own: GateDoubt | null = doubt): GateResult => ({
      ...shared,
      asked,
      holds: own === null ? holds : null,
      doubt: own,
    });
    const results: GateResult[] = [];
    if (margin !== null) {
      const asked = { kind: "not-worse" as const, bound: margin };
      if (!hasLive) results.push(result(asked, true));
      else {
        const holds = shared.difference === null ? null : notWorse(shared.difference, shared.better, margin);
        const unsure = doubt === null && holds === null;
        const more =
          unsure && shared.difference !== null && comparison !== null
            ? moreRowsFor(shared.difference, comparison.rows, shared.better, margin)
            : null;
        results.push({ ...result(asked, holds, unsure ? "too-few-rows" : doubt), moreRows: more });
      }
    }
    if (floor !== null) results.push(result({ kind: "floor", bound: floor }, value !== null && value.value >= floor));
    if (ceiling !== null)
      results.push(result({ kind: "ceiling", bound: ceiling }, value !== null && value.value <= ceiling));
    return results;
  });
};

export const isPassed = (results: readonly GateResult[]): boolean =>
  results.length > 0 && results.every(({ holds }) => holds === true);
