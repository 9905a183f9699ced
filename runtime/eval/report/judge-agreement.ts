import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { cohenKappa, disagreement, type Rated } from "../statistics/cohen-kappa";
import { wilson } from "../statistics/wilson";

export interface JudgeAgreement {
  /** Answers that both the judge and people have judged. */
  readonly labelled: number;
  /** Share on which both say the same; null without any. */
  readonly same: number | null;
  /** Cohen's kappa, with quadratic weights for grades; null where it is not defined. */
  readonly kappa: number | null;
  /**
   * Its 95 % interval: percentiles of 2,000 bootstrap draws of rows (Efron and Tibshirani, 1993, ch. 13), and no narrower below than `floorsOf` says: of twenty
   * labels that all agree nobody knows that the next will.
   */
  readonly low: number | null;
  readonly high: number | null;
  /** counts[people's category][the judge's]. */
  readonly counts: readonly (readonly number[])[];
  /** Enough labels, and agreement that is surely better than slight: it may count. */
  readonly acceptable: boolean;
}

/** People's labels that it takes before a judge can be accepted. */
export const leastLabels = 20;
/** What the lower bound of kappa must be above: all up to here is called slight (Landis and Koch, 1977). */
export const leastKappa = 0.2;
const draws = 2_000;
const alpha = 0.05;

/**
 * How far a judge agrees with people. Both give a category of the same things: a grade from 0 to `categories` - 1, or worse, same, better. `rows` are those that the
 * pairs belong to: answers to one row are drawn together.
 */
export const judgeAgreement = (
  pairs: readonly Rated[],
  rows: readonly number[],
  categories: number,
  weights: "none" | "quadratic",
  seed = 1,
): JudgeAgreement => {
  const counts = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
  for (const [people, judge] of pairs) {
    const row = counts[people];
    if (row !== undefined) row[judge] = (row[judge] ?? 0) + 1;
  }
  const byRow = new Map<number, Rated[]>();
  for (const [place, pair] of pairs.entries()) {
    const row = rows[place] ?? place;
    byRow.set(row, [...(byRow.get(row) ?? []), pair]);
  }
  const clusters = [...byRow.values()];
  const random = seededRandom(seed);
  const drawn: number[] = [];
  for (let draw = 0; draw < draws && clusters.length > 1; draw += 1) {
    const sample = clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? []);
    const kappa = cohenKappa(sample, categories, weights);
    if (kappa !== null) drawn.push(kappa);
  }
  drawn.sort((left, right) => left - right);
  const at = (share: number) =>
    drawn.length < draws / 2 ? null : (drawn[Math.floor(share * (drawn.length - 1))] ?? null);
  const kappa = cohenKappa(pairs, categories, weights);
  const [drawnLow, high] = [at(alpha / 2), at(1 - alpha / 2)];
  const low =
    kappa === null || drawnLow === null
      ? null
      : Math.max(-1, Math.min(drawnLow, ...floorsOf(pairs, categories, weights, clusters.length)));
  return {
    labelled: pairs.length,
    same: pairs.length === 0 ? null : pairs.filter(([people, judge]) => people === judge).length / pairs.length,
    kappa,
    low,
    high,
    counts,
    acceptable: pairs.length >= leastLabels && low !== null && low > leastKappa,
  };
};

/**
 * How small kappa may still be, two ways. The share of answers on which they differ may be as large as Wilson's interval allows, each costing what one
 * costs now, or would by chance where none was seen. And a share that `rows` rows cannot have shown, the upper bound of none in so many, may agree no better than chance.
 */
const floorsOf = (
  pairs: readonly Rated[],
  categories: number,
  weights: "none" | "quadratic",
  rows: number,
): readonly number[] => {
  const { seen, expected } = disagreement(pairs, categories, weights);
  const differing = disagreement(pairs, categories);
  const each = differing.seen > 0 ? seen / differing.seen : expected / differing.expected;
  const costliest = wilson(differing.seen * rows, rows, alpha).high * each;
  const unseen = wilson(0, rows, alpha).high;
  return [1 - costliest / expected, (1 - unseen) * (1 - seen / expected)];
};
