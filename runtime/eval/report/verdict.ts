import type { Comparison, Decision, Dropped, MetricReport, Report, Verdict } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import type { Frame } from "./evidence";

type Judged = Pick<Report, "variants" | "metrics"> & {
  readonly dropped: readonly Dropped[];
  readonly partial: boolean;
};

const order: Record<Decision, number> = { better: 0, "not-worse": 1, "no-difference": 2, inconclusive: 3, worse: 4 };
/** Rows before anything is said of an experiment that is still running. */
const fewRows = 30;

const best = (metric: MetricReport, dropped: readonly Dropped[]): Comparison | null => {
  const isDropped = (comparison: Comparison) => dropped.some(({ variant }) => variant === comparison.variant);
  const sign = metric.better === "higher" ? -1 : 1;
  const ranked = metric.comparisons
    .filter(({ difference }) => difference !== null)
    .toSorted(
      (one, other) =>
        // Another was surely better than whoever was dropped, or the baseline is better than all.
        Number(isDropped(one)) - Number(isDropped(other)) ||
        order[one.decision] - order[other.decision] ||
        sign * ((one.difference?.value ?? 0) - (other.difference?.value ?? 0)),
    );
  return ranked[0] ?? null;
};

const besideOf = (metrics: readonly MetricReport[], primary: MetricReport, variant: number, baseline: number) =>
  metrics
    .filter((metric) => metric !== primary && metric.counts)
    .flatMap((metric) => {
      const comparison = metric.comparisons.find((each) => each.variant === variant);
      if (!comparison?.difference) return [];
      const from = metric.values[baseline]?.estimate?.value;
      const relative = from === undefined || from === 0 ? null : comparison.difference.value / Math.abs(from);
      const beside = { metric: metric.id, relative, difference: comparison.difference, decision: comparison.decision };
      return [{ beside, kin: metric.scorerId === primary.scorerId }];
    })
    // What the same scorer says besides is much the same once more: what it costs and takes comes first.
    .sort((one, other) => Number(one.kin) - Number(other.kin) || telling(one.beside, other.beside))
    .map(({ beside }) => beside);

const telling = (one: Verdict["beside"][number], other: Verdict["beside"][number]): number =>
  Number(other.decision === "better" || other.decision === "worse") -
    Number(one.decision === "better" || one.decision === "worse") ||
  Math.abs(other.relative ?? 0) - Math.abs(one.relative ?? 0);

const cautionsOf = (
  input: ReportInput,
  frame: Frame,
  { variants, metrics, dropped, partial }: Judged,
  comparison: Comparison | null,
): string[] => {
  const cautions = new Set(input.cautions);
  const say = (caution: string, when: boolean) => when && cautions.add(caution);
  say("partial", partial);
  say("dropped", dropped.length > 0);
  say("few-rows", comparison !== null && comparison.clusters < fewRows);
  say(
    "failures",
    variants.some(({ failures }) => failures > 0),
  );
  say(
    "unanswered",
    variants.some(({ unanswered = 0 }) => unanswered > 0),
  );
  const primary = metrics.find(({ id }) => id === input.primary);
  const missing = primary?.values.map((value) => value.missing / Math.max(1, value.rows + value.missing)) ?? [];
  say("uneven-missing", missing.length > 0 && Math.max(...missing) - Math.min(...missing) > 0.02);
  say("missing-could-turn", primary?.comparisons.some(({ turnedByMissing }) => turnedByMissing === true) === true);
  say(
    "failed-as-worst",
    metrics.some(({ values }) => values.some(({ lacking = 0 }) => lacking > 0)),
  );
  say(
    "answered-apart",
    metrics.some(({ apart = 0 }) => apart > 0),
  );
  say("follow-up", (input.look?.number ?? 1) > 1);
  say("copies", frame.copies > 0);
  say("clustered", frame.grouped);
  say("weighted", frame.weighted);
  say(
    "judge-not-accepted",
    metrics.some(({ counts }) => !counts),
  );
  say("judge-corrected", comparison?.corrected !== undefined);
  say("corrected", comparison !== null && comparison.confidence > 1 - input.alpha + 1e-12);
  for (const caution of comparison?.cautions ?? []) cautions.add(caution);
  return [...cautions];
};

/** What the whole says: the best variant by the main metric, what came with it, and what to be careful about. */
export const verdictOf = (input: ReportInput, frame: Frame, report: Judged): Verdict => {
  const primary = report.metrics.find(({ id }) => id === input.primary);
  const comparison = primary === undefined ? null : best(primary, report.dropped);
  const { partial } = report;
  const early =
    comparison === null || comparison.difference?.low === null || (partial && comparison.decision === "inconclusive");
  const kind =
    input.variants.length < 2
      ? "single"
      : early || comparison === null || !primary?.counts
        ? partial
          ? "too-early"
          : "inconclusive"
        : comparison.decision;
  const named = kind === "single" || kind === "too-early" ? null : comparison;
  return {
    kind,
    variant: named?.variant ?? null,
    baseline: input.baseline,
    metric: input.primary as Verdict["metric"],
    difference: named?.difference ?? null,
    rows: comparison?.rows ?? primary?.values[input.baseline]?.rows ?? 0,
    moreRows: named?.moreRows ?? null,
    beside:
      named === null || primary === undefined ? [] : besideOf(report.metrics, primary, named.variant, input.baseline),
    cautions: cautionsOf(input, frame, report, comparison),
  };
};
