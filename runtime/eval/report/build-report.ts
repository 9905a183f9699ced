import { metricId } from "../contract/metric";
import type { MetricReport, Report } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import { adjustedFinding } from "./adjusted-finding";
import { type Adverse, adverseOf } from "./adverse";
import { bestOf } from "./best-of";
import { confusionOf } from "./confusion";
import { cumulativeOf } from "./cumulative";
import { droppedOf, droppingAlpha, rowsNotRun, withoutDropped } from "./dropped";
import { type Frame, frameOf, gatherEvidence, type MetricEvidence } from "./evidence";
import { differencesOf, type Found, find } from "./find";
import type { Finding } from "./finding";
import { interactionsOf } from "./interactions";
import { partsOf } from "./parts-of";
import { sameVersionOf } from "./same-version";
import { segmentReports, segmentsFor } from "./segments";
import { type Member, type Rules, settle } from "./settle";
import { strengthsOf } from "./strengths";
import { totalsOf } from "./totals";
import { verdictOf } from "./verdict";

/** Changes that count as none where no margin is set: a point of a share, a twentieth of what the baseline has of anything else. */
const negligiblePoints = 0.01;
const negligibleShare = 0.05;

interface Answered {
  readonly evidence: MetricEvidence;
  readonly id: MetricReport["id"];
  readonly found: Found;
}

/** The main metric's differences, adjusted for what was known of the rows before; those of variants that were dropped have their bands alone. */
const withCovariates = (input: ReportInput, frame: Frame, { evidence, id, found }: Answered): Found => {
  const { covariates } = input;
  const { kind, labels, definition } = evidence;
  if (covariates === undefined || id !== input.primary || kind !== "mean" || labels !== undefined) return found;
  if (covariates.names.length === 0 || input.cells.length < input.cellsTotal) return found;
  const findings = found.findings.map((finding, variant) =>
    finding === null || input.dropped?.some((drop) => drop.variant === variant)
      ? finding
      : adjustedFinding(
          finding,
          differencesOf(evidence, variant, input.baseline),
          frame,
          covariates,
          definition.scale !== "number",
        ),
  );
  return { ...found, findings };
};

/** Rows that should have a value by now: all, or, while answers are under way, those that were asked for and could not be had. */
const isDue = (input: ReportInput, variant: number): ((row: number) => boolean) => {
  const drop = input.dropped?.find((each) => each.variant === variant);
  const upTo = drop?.rows ?? Number.POSITIVE_INFINITY;
  if (input.cells.length >= input.cellsTotal) return (row) => row < upTo;
  const asked = new Set(input.unansweredRows?.flat());
  return (row) => row < upTo && asked.has(row);
};

const memberFor = (input: ReportInput, frame: Frame, { evidence, id, found }: Answered) => {
  const { definition, kind } = evidence;
  const base = found.values[input.baseline]?.estimate?.value ?? 0;
  const adverse = input.variants.map((_, variant) => {
    let known: Adverse | null | undefined;
    return () => {
      if (known === undefined)
        known = adverseOf(evidence, frame, { variant, baseline: input.baseline, due: isDue(input, variant) });
      return known;
    };
  });
  return (variant: number, finding: Finding | null): Member => ({
    variant,
    finding,
    better: definition.better,
    margin: id === input.primary ? input.margin : null,
    negligible: definition.scale === "number" && kind !== "pair" ? negligibleShare * Math.abs(base) : negligiblePoints,
    advise: id === input.primary,
    adverse: adverse[variant]?.() ?? null,
    isDropped: input.dropped?.some((each) => each.variant === variant) === true,
  });
};

/**
 * Makes the report of an experiment, running or done. Pure and repeatable. Blocks: about 1 µs a cell and mean metric, and some 30 million looks at a cell
 * for each corpus metric; 100,000 cells with five metrics take seconds, so call it from a job, on a thread. Without `chart` the
 * points of the chart over time are left out, which are most of the work of a short report.
 */
export const buildReport = (given: ReportInput, { chart = true }: { readonly chart?: boolean } = {}): Report => {
  const input = withoutDropped(given);
  const frame = frameOf(input.rows);
  const partial = given.cells.length < given.cellsTotal;
  const look = input.look ?? { number: 1, alpha: input.alpha };
  const dropping = input.dropping === true;
  const rules: Rules = { alpha: input.alpha, correction: input.correction, partial, look, dropping };
  const question = { baseline: input.baseline, alpha: look.alpha, seed: input.seed, effort: 1 };
  const answered = gatherEvidence(input).map((evidence): Answered => {
    const id = metricId(evidence.scorerId, evidence.definition.key);
    return {
      evidence,
      id,
      found: withCovariates(input, frame, { evidence, id, found: find(evidence, frame, question) }),
    };
  });
  // The main metric was named before; what else was measured does not make it less sure, and is a family of its own.
  const familyOf = ({ id, evidence }: Answered) => (id === input.primary ? 0 : evidence.counts ? 1 : 2);
  const comparisons = new Map<Answered, MetricReport["comparisons"]>();
  for (const family of [0, 1, 2]) {
    const own = answered.filter((each) => familyOf(each) === family);
    const members = own.map((each) =>
      each.found.findings.flatMap((finding, variant) =>
        variant === input.baseline ? [] : [memberFor(input, frame, each)(variant, finding)],
      ),
    );
    const settled = settle(members.flat(), { ...rules, thorough: true });
    let from = 0;
    for (const [index, each] of own.entries()) {
      const count = members[index]?.length ?? 0;
      comparisons.set(each, settled.slice(from, from + count));
      from += count;
    }
  }
  const main = answered.find(({ id }) => id === input.primary);
  if (main !== undefined) {
    const parts = partsOf(input, main.evidence);
    const known = comparisons.get(main) ?? [];
    comparisons.set(
      main,
      known.map((comparison) => {
        const own = parts[comparison.variant] ?? null;
        return own === null ? comparison : { ...comparison, parts: own };
      }),
    );
  }
  const titles = answered.map(({ evidence }) => evidence.definition.title.en);
  const metrics = answered.map((each): MetricReport => {
    const { evidence, id, found } = each;
    const { definition, kind, scorerId, counts } = evidence;
    const scorer = input.scorers.find((one) => one.id === scorerId)?.title;
    const twice = titles.filter((title) => title === definition.title.en).length > 1;
    const prefix = (text: string, before: string | undefined) => (twice && before ? `${before}: ${text}` : text);
    return {
      id,
      scorerId,
      title: { en: prefix(definition.title.en, scorer?.en), zh: prefix(definition.title.zh, scorer?.zh) },
      scale: definition.scale,
      unit: definition.unit ?? null,
      better: definition.better,
      counts,
      kind,
      values: found.values.map((value) => {
        const lacking = evidence.lacking[value.variant] ?? 0;
        const shown = { ...value, missing: value.missing - rowsNotRun(input, value.variant) };
        return lacking > 0 ? { ...shown, lacking } : shown;
      }),
      comparisons: comparisons.get(each) ?? [],
      ...(evidence.apart > 0 && { apart: evidence.apart }),
    };
  });
  const primary = answered.find(({ id }) => id === input.primary);
  const variants = totalsOf(given);
  const dropped = primary === undefined ? [] : droppedOf(input, primary.evidence, frame);
  const segments = primary === undefined ? [] : segmentsFor(input, primary.evidence.scorerId);
  const asked = primary === undefined ? null : memberFor(input, frame, primary)(input.baseline, null);
  const whole = partial ? undefined : primary;
  const best =
    whole &&
    bestOf(whole.evidence, frame, {
      baseline: input.baseline,
      alpha: input.alpha,
      comparisons: comparisons.get(whole) ?? [],
      dropped: input.dropped?.map(({ variant }) => variant) ?? [],
    });
  const strengths = partial
    ? []
    : answered.flatMap(({ evidence: { kind, scorerId }, id }) =>
        kind === "pair" ? (strengthsOf(input, frame, { scorerId, metric: id, alpha: look.alpha }) ?? []) : [],
      );
  const same =
    whole === undefined || input.sameVersion !== true || input.variants.length !== 2
      ? null
      : sameVersionOf(whole.evidence, frame, {
          variant: 1 - input.baseline,
          baseline: input.baseline,
          alpha: look.alpha,
          seed: input.seed,
        });
  const interactions =
    whole === undefined || asked === null
      ? []
      : interactionsOf(whole.evidence, frame, segments, {
          baseline: input.baseline,
          alpha: input.alpha,
          negligible: asked.negligible,
        }).filter(({ variant }) => !input.dropped?.some((drop) => drop.variant === variant));
  return {
    version: 1,
    madeAt: input.madeAt,
    confidence: 1 - look.alpha,
    seed: input.seed,
    correction: input.correction,
    look: { ...look, own: input.alpha },
    clusters: frame.planned,
    ...(frame.copies > 0 && { copies: frame.copies }),
    variants,
    baseline: input.baseline,
    rows: input.rows.length,
    repeats: input.repeats,
    cells: { done: given.cells.length, total: given.cellsTotal },
    primary: input.primary as Report["primary"],
    metrics,
    ...(dropping && { dropping: { alpha: droppingAlpha(look.number, look.alpha) } }),
    ...(dropped.length > 0 && { dropped }),
    ...(strengths.length > 0 && { strengths }),
    ...(same && { sameVersion: same }),
    ...(best && { best }),
    ...(interactions.length > 0 && { interactions }),
    segments:
      primary === undefined
        ? []
        : segmentReports(input, segments, primary.evidence, frame, question, rules, memberFor(input, frame, primary)),
    cumulative:
      primary === undefined || !chart
        ? []
        : (comparisons.get(primary) ?? []).map((comparison) => ({
            variant: comparison.variant,
            points: cumulativeOf(primary.evidence, frame, {
              baseline: input.baseline,
              comparison,
              partial: partial || dropped.some(({ variant }) => variant === comparison.variant),
            }),
          })),
    confusion: confusionOf(input),
    verdict: verdictOf(input, frame, { variants, metrics, dropped, partial }),
  };
};
