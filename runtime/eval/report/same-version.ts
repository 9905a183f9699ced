import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import type { SameVersion } from "../contract/report";
import { wilson } from "../statistics/wilson";
import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";

/** Experiments that are drawn anew; fewer where there are so many rows that all of them would take seconds. */
const [mostDraws, fewestDraws, mostRows] = [2_000, 200, 1_000_000];

/** Rows of each cluster that have a difference. */
const rowsByCluster = (differences: Float64Array, { clusters }: Frame): number[][] => {
  const byCluster = new Map<number, number[]>();
  for (const [row, difference] of differences.entries()) {
    if (Number.isNaN(difference)) continue;
    const cluster = clusters[row] as number;
    const known = byCluster.get(cluster);
    if (known === undefined) byCluster.set(cluster, [row]);
    else known.push(row);
  }
  return [...byCluster.values()];
};

/**
 * How often a difference is called where there is none, on rows like these: a version was asked twice, so that which answer of a row was the first is chance. Each experiment
 * is drawn anew: as many clusters with replacement (B. Efron, Annals of Statistics 7 (1979) 1), in each of which the two sides change places or not (R. A. Fisher, The Design of Experiments
 * (1935), section 21), and judged like any other. The interval is Wilson's for the number of draws, not for what other rows would say. null for metrics of all rows.
 */
export const sameVersionOf = (
  evidence: MetricEvidence,
  frame: Frame,
  { variant, baseline, alpha, seed }: { variant: number; baseline: number; alpha: number; seed: number },
): SameVersion | null => {
  if (evidence.kind === "corpus" || evidence.labels !== undefined) return null;
  const differences = differencesOf(evidence, variant, baseline);
  const clusters = rowsByCluster(differences, frame);
  const rows = clusters.reduce((sum, { length }) => sum + length, 0);
  if (clusters.length < 2) return null;
  const random = seededRandom(seed);
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostRows / rows)));
  let called = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const [values, weights, places]: [number[], number[], number[]] = [[], [], []];
    for (let place = 0; place < clusters.length; place += 1) {
      const own = clusters[Math.floor(random() * clusters.length)] as readonly number[];
      const side = random() < 0.5 ? -1 : 1;
      for (const row of own) {
        values.push(side * (differences[row] as number));
        weights.push(frame.weights[row] as number);
        places.push(place);
      }
    }
    const drawn = {
      ...frame,
      weights: Float64Array.from(weights),
      clusters: Int32Array.from(places),
      planned: clusters.length,
    };
    const finding = findingOf(Float64Array.from(values), drawn, evidence);
    if (finding !== null && finding.pValue <= alpha) called += 1;
  }
  const { value, low, high } = wilson(called, draws);
  return { draws, called: { value, low, high, method: "wilson" }, promised: alpha };
};
