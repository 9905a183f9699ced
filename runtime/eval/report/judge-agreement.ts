import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { cohenKappa, type Rated } from "../statistics/cohen-kappa";

export interface JudgeAgreement {
  /** Answers that both the judge and people have judged. */
  readonly labelled: number;
  /** Share on which both say the same; null without any. */
  readonly same: number | null;
  /** Cohen's kappa, with quadratic weights for grades; null where it is not defined. */
  readonly kappa: number | null;
  /** Its 95 % percentile interval over 2,000 bootstrap draws (Efron and Tibshirani, 1993, ch. 13). */
  readonly low: number | null;
  readonly high: number | null;
  /** counts[people's category][the judge's]. */
  readonly counts: readonly (readonly number[])[];
}

/** People's labels that it takes before a judge can be accepted. */
export const leastLabels = 20;
const draws = 2_000;

/** How far a judge agrees with people. Both give a category of the same things: a grade from 0 to `categories` - 1, or worse, same, better. */
export const judgeAgreement = (
  pairs: readonly Rated[],
  categories: number,
  weights: "none" | "quadratic",
  seed = 1,
): JudgeAgreement => {
  const counts = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
  for (const [people, judge] of pairs) {
    const row = counts[people];
    if (row !== undefined) row[judge] = (row[judge] ?? 0) + 1;
  }
  const random = seededRandom(seed);
  const sample: Rated[] = [...pairs];
  const drawn: number[] = [];
  for (let draw = 0; draw < draws && pairs.length > 1; draw += 1) {
    for (let index = 0; index < sample.length; index += 1)
      sample[index] = pairs[Math.floor(random() * pairs.length)] as Rated;
    const kappa = cohenKappa(sample, categories, weights);
    if (kappa !== null) drawn.push(kappa);
  }
  drawn.sort((left, right) => left - right);
  const at = (share: number) =>
    drawn.length < draws / 2 ? null : (drawn[Math.floor(share * (drawn.length - 1))] ?? null);
  return {
    labelled: pairs.length,
    same: pairs.length === 0 ? null : pairs.filter(([people, judge]) => people === judge).length / pairs.length,
    kappa: cohenKappa(pairs, categories, weights),
    low: at(0.025),
    high: at(0.975),
    counts,
  };
};
