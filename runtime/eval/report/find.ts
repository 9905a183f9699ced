import type { VariantValue } from "../contract/report";
import { newcombePaired } from "../statistics/newcombe";
import { corpusDraws, drawsOf } from "./corpus-draws";
import { corpusFinding } from "./corpus-finding";
import { corpusJackknife } from "./corpus-jackknife";
import { correctedEstimate, correctedFinding } from "./corrected-finding";
import { corpusEstimate, meanEstimate } from "./estimate";
import type { Frame, MetricEvidence, Parts } from "./evidence";
import type { Finding } from "./finding";
import { boundedFinding } from "./mean-finding";
import { numberFinding } from "./number-finding";
import { shareFinding } from "./share-finding";

export interface Found {
  readonly values: readonly VariantValue[];
  /** By variant; null for the baseline and where no row has both. */
  readonly findings: readonly (Finding | null)[];
}

export interface Question {
  readonly baseline: number;
  readonly alpha: number;
  readonly seed: number;
  /** Share of the usual draws of a bootstrap. */
  readonly effort: number;
}

const isTrinomial = (differences: Float64Array, frame: Frame) =>
  !frame.clustered &&
  !frame.weighted &&
  differences.every((each) => Number.isNaN(each) || each === 0 || each === 1 || each === -1);

export const findingOf = (
  differences: Float64Array,
  frame: Frame,
  evidence: Pick<MetricEvidence, "kind" | "definition">,
  largest: number | null = null,
): Finding | null => {
  const pair = evidence.kind === "pair";
  if (!pair && evidence.definition.scale === "number") return numberFinding(differences, frame, largest);
  if (!(pair || evidence.definition.scale === "binary") || !isTrinomial(differences, frame))
    return boundedFinding(differences, frame);
  let [higher, lower, rows] = [0, 0, 0];
  for (const difference of differences) {
    if (Number.isNaN(difference)) continue;
    rows += 1;
    if (difference > 0) higher += 1;
    else if (difference < 0) lower += 1;
  }
  return rows === 0 ? null : shareFinding({ higher, lower, rows }, frame, pair ? "sign-mid-p" : "mcnemar-mid-p");
};

/** Numbers that part only in their last digits are the same: means of repeats are rounded. */
const rounding = 1e-12;

const difference = (value: number, other: number): number => {
  const found = value - other;
  return Math.abs(found) <= rounding * Math.max(Math.abs(value), Math.abs(other)) ? 0 : found;
};

/** variant - baseline, row by row. */
export const differencesOf = ({ kind, values }: MetricEvidence, variant: number, baseline: number): Float64Array => {
  const own = values[variant] ?? new Float64Array();
  const other = values[baseline];
  return kind === "pair" || other === undefined
    ? own
    : own.map((value, row) => difference(value, other[row] as number));
};

const keep = ({ parts, rows, shares }: Parts, wanted: (row: number) => boolean): Parts => {
  if (rows.every(wanted)) return { parts, rows, shares };
  const places = Array.from(rows.keys()).filter((place) => wanted(rows[place] as number));
  return {
    parts: places.map((place) => parts[place]),
    rows: Int32Array.from(places, (place) => rows[place] as number),
    shares: Float64Array.from(places, (place) => shares[place] as number),
  };
};

/** Rows for which the bootstrap is a second opinion: with more it says what the jackknife does, and takes seconds to. */
const mostBootstrapped = 5_000;

const findCorpus = (
  { definition, parts: all }: MetricEvidence,
  frame: Frame,
  { baseline, alpha, seed, effort }: Question,
  within: ((row: number) => boolean) | null,
): Found => {
  const corpus = definition.corpus;
  if (corpus === undefined) return { values: [], findings: [] };
  const parts = within === null ? all : all.map((each) => keep(each, within));
  const has = parts.map(({ rows }) => {
    const bits = new Uint8Array(frame.rows.length);
    for (const row of rows) bits[row] = 1;
    return bits;
  });
  const countOf = (bits: Uint8Array) => bits.reduce((sum, bit) => sum + bit, 0);
  const total = within === null ? frame.rows.length : frame.rows.filter((_, row) => within(row)).length;
  return {
    values: parts.map((each, variant) => {
      const rows = countOf(has[variant] ?? new Uint8Array());
      const known = rows === 0 ? null : corpusJackknife(corpus, [each], frame);
      return { variant, rows, missing: total - rows, estimate: known === null ? null : corpusEstimate(known, alpha) };
    }),
    findings: parts.map((each, variant) => {
      const [own, other, base] = [has[variant], has[baseline], parts[baseline]];
      if (variant === baseline || own === undefined || other === undefined || base === undefined) return null;
      const shared = countOf(own.map((bit, row) => bit & (other[row] as number)));
      if (shared === 0) return null;
      const sides = [keep(each, (row) => other[row] === 1), keep(base, (row) => own[row] === 1)] as const;
      const known = corpusJackknife(corpus, sides, frame);
      const share = effort / (parts.length - 1);
      const draws = () =>
        shared > mostBootstrapped ? null : drawsOf(corpusDraws(corpus, sides, frame, { seed, share }), 0, 1);
      return known === null ? null : corpusFinding(known, shared, draws);
    }),
  };
};

/** Newcombe's interval where rows are simply right or wrong; it takes what both variants had right, which the differences do not tell. */
const withNewcombe = (finding: Finding | null, own: Float64Array, other: Float64Array): Finding | null => {
  if (finding === null || finding.method !== "tango-score") return finding;
  const counts = { both: 0, first: 0, second: 0, neither: 0 };
  for (const [row, value] of own.entries()) {
    const base = other[row] as number;
    if (Number.isNaN(value) || Number.isNaN(base)) continue;
    counts[value > 0.5 ? (base > 0.5 ? "both" : "second") : base > 0.5 ? "first" : "neither"] += 1;
  }
  return { ...finding, otherIntervals: (alpha) => [{ ...newcombePaired(counts, alpha), method: "newcombe-paired" }] };
};

/** What a judge says, corrected by people's labels. */
const findCorrected = (
  evidence: MetricEvidence,
  frame: Frame,
  { baseline, alpha }: Question,
  { within, total }: { readonly within: ((row: number) => boolean) | null; readonly total: number },
): Found => {
  const wanted = within ?? (() => true);
  return {
    values:
      evidence.kind === "pair"
        ? []
        : evidence.values.map((_, variant) =>
            correctedEstimate(evidence, frame, { variant, total, alpha, within: wanted }),
          ),
    findings: evidence.values.map((_, variant) =>
      variant === baseline ? null : correctedFinding(evidence, frame, { variant, baseline, within: wanted }),
    ),
  };
};

/** The largest value of either, without its sign. */
const largestOf = (own: Float64Array, other: Float64Array | undefined): number => {
  let most = 0;
  for (const values of [own, other ?? own])
    for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
};

/** Values of all variants, and their differences to the baseline, over the rows that `within` lets through. */
export const find = (
  evidence: MetricEvidence,
  frame: Frame,
  question: Question,
  within: ((row: number) => boolean) | null = null,
): Found => {
  if (evidence.kind === "corpus") return findCorpus(evidence, frame, question, within);
  const only = (values: Float64Array) =>
    within === null ? values : values.map((value, row) => (within(row) ? value : Number.NaN));
  const total = within === null ? frame.rows.length : frame.rows.filter((_, row) => within(row)).length;
  if (evidence.labels !== undefined) return findCorrected(evidence, frame, question, { within, total });
  return {
    values:
      evidence.kind === "pair"
        ? []
        : evidence.values.map((values, variant) =>
            meanEstimate(only(values), frame, {
              variant,
              total,
              scale: evidence.definition.scale,
              alpha: question.alpha,
            }),
          ),
    findings: evidence.values.map((values, variant) => {
      if (variant === question.baseline) return null;
      const base = evidence.values[question.baseline];
      const differences = only(differencesOf(evidence, variant, question.baseline));
      const finding = findingOf(differences, frame, evidence, largestOf(values, base));
      return evidence.kind === "pair" || base === undefined ? finding : withNewcombe(finding, only(values), only(base));
    }),
  };
};
