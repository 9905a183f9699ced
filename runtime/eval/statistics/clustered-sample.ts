/**
 * Values of rows as statistics take them: one entry a cluster, which is a row where rows are independent. `sums[g]` is the weighted sum of the cluster's
 * values and `weights[g]` the sum of its weights.
 */
export interface ClusteredSample {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  /** Rows in it. */
  readonly rows: number;
}

/** Folds rows into clusters. `values[i]` that are NaN are left out; `clusters[i]` are places from 0 up. */
export const clusteredSample = (
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  clusters: ArrayLike<number>,
): ClusteredSample => {
  const place = new Map<number, number>();
  const [sums, masses]: [number[], number[]] = [[], []];
  let rows = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    rows += 1;
    const cluster = clusters[row] as number;
    const weight = weights[row] as number;
    const known = place.get(cluster);
    if (known === undefined) {
      place.set(cluster, sums.length);
      sums.push(weight * value);
      masses.push(weight);
    } else {
      sums[known] = (sums[known] as number) + weight * value;
      masses[known] = (masses[known] as number) + weight;
    }
  }
  return { sums: Float64Array.from(sums), weights: Float64Array.from(masses), rows };
};
