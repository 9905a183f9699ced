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

/** Rows won, lost and seen; null where rows are not independent, not of one weight, or differ by less than all. */
const countsOf = (differences: Float64Array, frame: Frame) => {
  if (frame.clustered || frame.weighted) return null;
  let [higher, lower, rows] = [0, 0, 0];
  for (let row = 0; row < differences.length; row += 1) {
    const each = differences[row] as number;
    if (each === 1) higher += 1;
    else if (each === -1) lower += 1;
    else if (Number.isNaN(each)) continue;
    else if (each !== 0) return null;
    rows += 1;
  }
  return { higher, lower, rows };
};

export const findingOf = (
  differences: Float64Array,
  frame: Frame,
  evidence: Pick<MetricEvidence, "kind" | "definition">,
  largest: number | null = null,
): Finding | null => {
  const pair = evidence.kind === "pair";
  if (!pair && evidence.definition.scale === "number") return numberFinding(differences, frame, largest);
  const counts = pair || evidence.definition.scale === "binary" ? countsOf(differences, frame) : null;
  if (counts === null) return boundedFinding(differences, frame);
  return counts.rows === 0 ? null : shareFinding(counts, frame, pair ? "sign-mid-p" : "mcnemar-mid-p");
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
  if (kind === "pair" || other === undefined) return own;
  const differences = new Float64Array(own.length);
  for (let row = 0; row < own.length; row += 1) differences[row] = difference(own[row] as number, other[row] as number);
  return differences;
};

type Within = ((row: number) => boolean) | null;

const keep = ({ parts, rows, shares }: Parts, wanted: (row: number) => boolean): Parts => {
  const places: number[] = [];
  for (let place = 0; place < rows.length; place += 1) if (wanted(rows[place] as number)) places.push(place);
  if (places.length === rows.length) return { parts, rows, shares };
  return {
    parts: places.map((place) => parts[place]),
    rows: Int32Array.from(places, (place) => rows[place] as number),
    shares: Float64Array.from(places, (place) => shares[place] as number),
  };
};

/** A variant beside the baseline, over the rows that both have. */
interface CorpusPair {
  readonly sides: readonly [Parts, Parts];
  readonly shared: number;
}

interface CorpusSides {
  readonly baseline: number;
  readonly parts: readonly Parts[];
  /** By variant. */
  readonly rows: readonly number[];
  readonly pairs: readonly (CorpusPair | null)[];
}

const sidesOf = (all: readonly Parts[], frame: Frame, baseline: number, within: Within): CorpusSides => {
  const parts = within === null ? all : all.map((each) => keep(each, within));
  const has = parts.map(({ rows }) => {
    const bits = new Uint8Array(frame.rows.length);
    for (const row of rows) bits[row] = 1;
    return bits;
  });
  const countOf = (bits: Uint8Array, others: Uint8Array) => {
    let count = 0;
    for (let row = 0; row < bits.length; row += 1) count += (bits[row] as number) & (others[row] as number);
    return count;
  };
  return {
    baseline,
    parts,
    rows: has.map((bits) => countOf(bits, bits)),
    pairs: parts.map((each, variant) => {
      const [own, other, base] = [has[variant], has[baseline], parts[baseline]];
      if (variant === baseline || own === undefined || other === undefined || base === undefined) return null;
      const shared = countOf(own, other);
      if (shared === 0) return null;
      return { sides: [keep(each, (row) => other[row] === 1), keep(base, (row) => own[row] === 1)], shared };
    }),
  };
};

const sides = new WeakMap<readonly Parts[], CorpusSides>();
/** Metrics of one scorer are made of the same parts: which rows two variants share is worked out once. */
const knownSides = (all: readonly Parts[], frame: Frame, baseline: number, within: Within): CorpusSides => {
  if (within !== null) return sidesOf(all, frame, baseline, within);
  const before = sides.get(all);
  if (before?.baseline === baseline) return before;
  const found = sidesOf(all, frame, baseline, null);
  sides.set(all, found);
  return found;
};

/** Rows in question. */
const totalOf = (frame: Frame, within: Within): number => {
  if (within === null) return frame.rows.length;
  let total = 0;
  for (let row = 0; row < frame.rows.length; row += 1) if (within(row)) total += 1;
  return total;
};

/** Rows for which the bootstrap is a second opinion: with more it says what the jackknife does, and takes seconds to. */
const mostBootstrapped = 5_000;

const findCorpus = (
  { definition, parts: all }: MetricEvidence,
  frame: Frame,
  { baseline, alpha, seed, effort }: Question,
  within: Within,
): Found => {
  const corpus = definition.corpus;
  if (corpus === undefined) return { values: [], findings: [] };
  const { parts, rows: rowsOf, pairs } = knownSides(all, frame, baseline, within);
  const total = totalOf(frame, within);
  return {
    values: parts.map((each, variant) => {
      const rows = rowsOf[variant] ?? 0;
      const known = rows === 0 ? null : corpusJackknife(corpus, [each], frame);
      return { variant, rows, missing: total - rows, estimate: known === null ? null : corpusEstimate(known, alpha) };
    }),
    findings: pairs.map((pair) => {
      if (pair === null) return null;
      const known = corpusJackknife(corpus, pair.sides, frame);
      const share = effort / (parts.length - 1);
      const draws = () =>
        pair.shared > mostBootstrapped ? null : drawsOf(corpusDraws(corpus, pair.sides, frame, { seed, share }), 0, 1);
      return known === null ? null : corpusFinding(known, pair.shared, draws);
    }),
  };
};

/** Newcombe's interval where rows are simply right or wrong; it takes what both variants had right, which the differences do not tell. */
const withNewcombe = (finding: Finding | null, own: Float64Array, other: Float64Array): Finding | null => {
  if (finding === null || finding.method !== "tango-score") return finding;
  const counts = { both: 0, first: 0, second: 0, neither: 0 };
  for (let row = 0; row < own.length; row += 1) {
    const [value, base] = [own[row] as number, other[row] as number];
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
  { within, total }: { readonly within: Within; readonly total: number },
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
    for (let row = 0; row < values.length; row += 1) {
      const size = Math.abs(values[row] as number);
      if (size > most) most = size;
    }
  return most;
};

/** Values of all variants, and their differences to the baseline, over the rows that `within` lets through. */
export const find = (evidence: MetricEvidence, frame: Frame, question: Question, within: Within = null): Found => {
  if (evidence.kind === "corpus") return findCorpus(evidence, frame, question, within);
  const only = (values: Float64Array) => {
    if (within === null) return values;
    const kept = new Float64Array(values.length).fill(Number.NaN);
    for (let row = 0; row < values.length; row += 1) if (within(row)) kept[row] = values[row] as number;
    return kept;
  };
  const total = totalOf(frame, within);
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
      const largest = evidence.definition.scale === "number" ? largestOf(values, base) : null;
      const finding = findingOf(differences, frame, evidence, largest);
      return evidence.kind === "pair" || base === undefined ? finding : withNewcombe(finding, only(values), only(base));
    }),
  };
};
