import type { ClusteredSample } from "./clustered-sample";

export interface ClusterMean {
  readonly mean: number;
  /** Standard error; 0 where all clusters agree, NaN with fewer than two clusters. */
  readonly error: number;
  /** Degrees of freedom for Student's t. */
  readonly freedom: number;
  readonly clusters: number;
}

/**
 * Weighted mean with a standard error that holds whatever the correlation within clusters: the CR2 ("bias-reduced linearisation") sandwich of R. M. Bell and
 * D. F. McCaffrey, Survey Methodology 28 (2002) 169, for a model of the mean alone, where the leverage of cluster g is w_g / W:
 * error² = Σ r_g² / (1 - w_g / W) / W², r_g = Σ w (x - mean) over the cluster. For clusters of one size this is CR1 and G - 1 degrees of freedom, and
 * for single rows of one weight it is s / √n. Degrees of freedom are Satterthwaite's under independent rows (ibid., eq. 9).
 */
export const clusterMean = ({ sums, weights }: ClusteredSample): ClusterMean => {
  const clusters = sums.length;
  let total = 0;
  let mass = 0;
  for (let g = 0; g < clusters; g += 1) {
    total += sums[g] as number;
    mass += weights[g] as number;
  }
  const mean = total / mass;
  if (clusters < 2) return { mean, error: Number.NaN, freedom: 0, clusters };
  let squares = 0;
  let [sumSquare, sumQ, sumQSquare] = [0, 0, 0];
  for (let g = 0; g < clusters; g += 1) {
    const weight = weights[g] as number;
    const left = 1 - weight / mass;
    const residual = (sums[g] as number) - mean * weight;
    squares += (residual * residual) / left;
    const q = (weight * weight) / mass / left;
    sumSquare += weight * weight;
    sumQ += q;
    sumQSquare += q * q;
  }
  const freedom = (mass * mass) / (sumSquare + sumQ * sumQ - sumQSquare);
  return { mean, error: Math.sqrt(squares) / mass, freedom, clusters };
};
