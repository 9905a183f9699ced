import type { VariantValue } from "../contract/report";
import { type JudgedArm, predictionPowered } from "../statistics/prediction-powered";
import { studentCdf, studentQuantile, twoSidedStudent } from "../statistics/student";
import type { Frame, MetricEvidence } from "./evidence";
import type { Finding } from "./finding";

/** Labelled answers of either variant before anything is said of a judge's difference. */
const leastOfVariant = 8;
const method = "prediction-powered";

const armOf = (
  { values, labels }: Pick<MetricEvidence, "values" | "labels">,
  variant: number,
  within: (row: number) => boolean,
): JudgedArm => {
  const judged = (values[variant] ?? new Float64Array()).map((value, row) => (within(row) ? value : Number.NaN));
  return {
    judged,
    people: labels?.people[variant] ?? new Float64Array(judged.length).fill(Number.NaN),
    sure: labels?.sure[variant] ?? new Uint8Array(judged.length),
  };
};

const countsOf = ({ judged, people, sure }: JudgedArm) => {
  let [open, labelled] = [0, 0];
  for (let row = 0; row < judged.length; row += 1) {
    if (Number.isNaN(judged[row] as number) || sure[row] === 1) continue;
    open += 1;
    if (!Number.isNaN(people[row] as number)) labelled += 1;
  }
  return { open, labelled };
};

const isKnown = (arm: JudgedArm): boolean => {
  const { open, labelled } = countsOf(arm);
  return labelled >= Math.min(open, leastOfVariant);
};

/** A judge's difference, corrected by what people said of some of the answers. null without rows. */
export const correctedFinding = (
  evidence: MetricEvidence,
  frame: Frame,
  { variant, baseline, within }: { variant: number; baseline: number; within: (row: number) => boolean },
): Finding | null => {
  const own = armOf(evidence, variant, within);
  const other = evidence.kind === "pair" ? null : armOf(evidence, baseline, within);
  const rows = Array.from({ length: own.judged.length }, (_, row) => row).filter(
    (row) => !Number.isNaN(own.judged[row] as number) && !(other !== null && Number.isNaN(other.judged[row] as number)),
  );
  if (rows.length === 0) return null;
  const differences = rows.map((row) => (own.judged[row] as number) - ((other?.judged[row] as number) ?? 0));
  const higher = differences.filter((each) => each > 0).length;
  const lower = differences.filter((each) => each < 0).length;
  const enough = isKnown(own) && (other === null || isKnown(other));
  const found = enough ? predictionPowered(own, other, frame.weights, frame.clusters) : null;
  const alone = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  const { value, error, freedom } = found ?? { value: alone, error: 0, freedom: 1 };
  // Labels that all agree with the judge, or all part from it by as much, do not make it sure: as if one more did otherwise.
  const labels = found?.labels ?? 0;
  const known = found !== null && error > 0;
  const pValue = known ? twoSidedStudent(value / error, freedom) : 1;
  return {
    rows: rows.length,
    clusters: new Set(rows.map((row) => frame.clusters[row])).size,
    value,
    error: known ? error : null,
    method,
    test: { name: method, statistic: known ? value / error : null },
    pValue,
    interval: (alpha) => {
      // Nobody can say more of a judge whose bias is not known than that values lie between 0 and 1.
      if (!known) return { low: -1, high: 1 };
      const reach = studentQuantile(1 - alpha / 2, freedom) * error;
      return { low: Math.max(-1, value - reach), high: Math.min(1, value + reach) };
    },
    above: (bound) => (known ? 1 - studentCdf((value - bound) / error, freedom) : 1),
    effectSize: null,
    sequence: null,
    corrected: { labels, judge: alone, lambda: found?.lambda ?? 0 },
    higher,
    lower,
    same: rows.length - higher - lower,
  };
};

/** A judge's mean of one variant, corrected in the same way. */
export const correctedEstimate = (
  evidence: MetricEvidence,
  frame: Frame,
  {
    variant,
    total,
    alpha,
    within,
  }: { variant: number; total: number; alpha: number; within: (row: number) => boolean },
): VariantValue => {
  const arm = armOf(evidence, variant, within);
  const rows = Array.from(arm.judged as Float64Array).filter((value) => !Number.isNaN(value)).length;
  const counted = { variant, rows, missing: total - rows };
  if (rows === 0) return { ...counted, estimate: null };
  const found = isKnown(arm) ? predictionPowered(arm, null, frame.weights, frame.clusters) : null;
  if (found === null || !(found.error > 0)) {
    let [sum, all] = [0, 0];
    for (const [row, value] of Array.from(arm.judged as Float64Array).entries()) {
      if (Number.isNaN(value)) continue;
      sum += value * (frame.weights[row] as number);
      all += frame.weights[row] as number;
    }
    return { ...counted, estimate: { value: found?.value ?? sum / all, low: 0, high: 1, method } };
  }
  const reach = studentQuantile(1 - alpha / 2, found.freedom) * found.error;
  const clip = (bound: number) => Math.min(1, Math.max(0, bound));
  return {
    ...counted,
    estimate: { value: clip(found.value), low: clip(found.value - reach), high: clip(found.value + reach), method },
  };
};
