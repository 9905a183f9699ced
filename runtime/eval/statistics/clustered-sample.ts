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
  let most = -1;
  for (let row = 0; row < values.length; row += 1) most = Math.max(most, clusters[row] as number);
  // 1 + place of each cluster among those that have a value; 0 where it has none yet.
  const places = new Int32Array(most + 1);
  const sums = new Float64Array(Math.min(values.length, most + 1));
  const masses = new Float64Array(sums.length);
  let [rows, count] = [0, 0];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    rows += 1;
    const cluster = clusters[row] as number;
    const weight = weights[row] as number;
    if (places[cluster] === 0) {
      count += 1;
      places[cluster] = count;
    }
    const place = (places[cluster] as number) - 1;
    sums[place] = (sums[place] as number) + weight * value;
    masses[place] = (masses[place] as number) + weight;
  }
  return { sums: sums.slice(0, count), weights: masses.slice(0, count), rows };
};
