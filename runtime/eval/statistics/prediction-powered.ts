/** What a judge said of one variant's rows, and what people said of some of them. By row. */
export interface JudgedArm {
  /** NaN: not judged. */
  readonly judged: ArrayLike<number>;
  /** NaN: no person has labelled it. */
  readonly people: ArrayLike<number>;
  /** 1: no judgement is needed, the value is sure, such as that of a run that failed. */
  readonly sure: ArrayLike<number>;
}

export interface Corrected {
  readonly value: number;
  readonly error: number;
  readonly freedom: number;
  /** What the judge says alone. */
  readonly judge: number;
  /** How far the judge is leant on: 0 is people alone. */
  readonly lambda: number;
  /** Labels that went into it. */
  readonly labels: number;
}

interface Influence {
  /** The estimate is `base + lambda * slope`, and so is the influence of each row on it. */
  readonly base: number;
  readonly slope: number;
  readonly baseOf: Float64Array;
  readonly slopeOf: Float64Array;
  readonly judge: number;
  readonly labels: number;
  /** Clusters with a label, and the variance that comes of them. */
  readonly clusters: number;
  readonly variance: number;
}

const sumBy = (values: Float64Array, clusters: ArrayLike<number>): Map<number, number> => {
  const sums = new Map<number, number>();
  for (const [row, value] of values.entries())
    if (value !== 0) sums.set(clusters[row] as number, (sums.get(clusters[row] as number) ?? 0) + value);
  return sums;
};

const influenceOf = (
  { judged, people, sure }: JudgedArm,
  wanted: (row: number) => boolean,
  weights: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Influence | null => {
  const rows = Array.from({ length: judged.length }, (_, row) => row).filter(wanted);
  const open = rows.filter((row) => sure[row] !== 1);
  const labelled = open.filter((row) => !Number.isNaN(people[row] as number));
  const mean = (some: readonly number[], of: (row: number) => number) => {
    let [sum, all] = [0, 0];
    for (const row of some) {
      sum += (weights[row] as number) * of(row);
      all += weights[row] as number;
    }
    return all === 0 ? 0 : sum / all;
  };
  const total = rows.reduce((sum, row) => sum + (weights[row] as number), 0);
  const ofLabelled = labelled.reduce((sum, row) => sum + (weights[row] as number), 0);
  if (total === 0 || (open.length > 0 && labelled.length < 2)) return null;
  const isOpen = (row: number) => (sure[row] === 1 ? 0 : 1);
  const known = mean(rows, (row) => (1 - isOpen(row)) * (judged[row] as number));
  const judgedOpen = mean(rows, (row) => isOpen(row) * (judged[row] as number));
  const share = mean(rows, isOpen);
  const said = mean(labelled, (row) => people[row] as number);
  const judgedThere = mean(labelled, (row) => judged[row] as number);
  const [baseOf, slopeOf, ofLabels] = [0, 1, 2].map(() => new Float64Array(judged.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const row of rows) {
    const weight = (weights[row] as number) / total;
    const [value, is] = [judged[row] as number, isOpen(row)];
    baseOf[row] = weight * ((1 - is) * value - known + said * (is - share));
    slopeOf[row] = weight * (is * value - judgedOpen - judgedThere * (is - share));
  }
  for (const row of labelled) {
    const weight = (share * (weights[row] as number)) / ofLabelled;
    baseOf[row] = (baseOf[row] as number) + weight * ((people[row] as number) - said);
    slopeOf[row] = (slopeOf[row] as number) - weight * ((judged[row] as number) - judgedThere);
    ofLabels[row] = weight * ((people[row] as number) - said - ((judged[row] as number) - judgedThere));
  }
  const sums = sumBy(ofLabels, clusters);
  return {
    base: known + share * said,
    slope: judgedOpen - share * judgedThere,
    baseOf,
    slopeOf,
    judge: known + judgedOpen,
    labels: labelled.length,
    clusters: open.length === 0 ? Number.POSITIVE_INFINITY : new Set(labelled.map((row) => clusters[row])).size,
    variance: [...sums.values()].reduce((sum, each) => sum + each * each, 0),
  };
};

/**
 * Mean of what people would say of all rows, or its difference between two variants, from a judge's word on all rows and people's on some: prediction-powered
 * inference with its power tuned (Angelopoulos, Duchi and Zrnic, "PPI++: Efficient Prediction-Powered Inference", 2023), with the variance of clusters and weights
 * by the influence of each row. Rows that people labelled are taken for a random sample of the rows. Degrees of freedom after Welch and Satterthwaite, one less for
 * the tuning. null where fewer than two labels of either variant leave the judge's bias unknown.
 */
export const predictionPowered = (
  own: JudgedArm,
  other: JudgedArm | null,
  weights: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Corrected | null => {
  const judged = (row: number) =>
    !Number.isNaN(own.judged[row] as number) && !(other !== null && Number.isNaN(other.judged[row] as number));
  const one = influenceOf(own, judged, weights, clusters);
  const two = other === null ? null : influenceOf(other, judged, weights, clusters);
  if (one === null || (other !== null && two === null)) return null;
  const less = (values: Float64Array, others: Float64Array | undefined) =>
    others === undefined ? values : values.map((value, row) => value - (others[row] as number));
  const bases = sumBy(less(one.baseOf, two?.baseOf), clusters);
  const slopes = sumBy(less(one.slopeOf, two?.slopeOf), clusters);
  let [cross, square] = [0, 0];
  for (const [cluster, slope] of slopes) {
    cross += slope * (bases.get(cluster) ?? 0);
    square += slope * slope;
  }
  const lambda = square === 0 ? 0 : Math.min(1, Math.max(0, -cross / square));
  let variance = 0;
  for (const cluster of new Set([...bases.keys(), ...slopes.keys()]))
    variance += ((bases.get(cluster) ?? 0) + lambda * (slopes.get(cluster) ?? 0)) ** 2;
  const arms = two === null ? [one] : [one, two];
  const least = Math.min(...arms.map((arm) => arm.clusters));
  const all = arms.reduce((sum, arm) => sum + arm.variance, 0);
  const welch =
    all === 0
      ? least - 1
      : all ** 2 / arms.reduce((sum, arm) => sum + arm.variance ** 2 / Math.max(1, arm.clusters - 1), 0);
  return {
    value: one.base - (two?.base ?? 0) + lambda * (one.slope - (two?.slope ?? 0)),
    error: Math.sqrt(variance * (Number.isFinite(least) ? least / Math.max(1, least - 2) : 1)),
    freedom: Math.max(1, (Number.isFinite(welch) ? welch : 1e6) - 1),
    judge: one.judge - (two?.judge ?? 0),
    lambda,
    labels: one.labels + (two?.labels ?? 0),
  };
};
