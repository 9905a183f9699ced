import type { ClusteredSample } from "./clustered-sample";
import { studentQuantile } from "./student";

export interface ClusterMean {
  readonly mean: number;
  /** Standard error; 0 where all clusters agree, NaN with fewer than two clusters. */
  readonly error: number;
  /** Degrees of freedom for Student's t. */
  readonly freedom: number;
  readonly clusters: number;
  /** As many clusters of one weight would say as much: (Σ w)² / Σ w², L. Kish, Survey Sampling (1965) 11.7. */
  readonly effective: number;
  /** Share of all weight that the heaviest cluster has. */
  readonly largest: number;
  /** Skewness of the mean's own distribution: Σ r³ / (Σ r²)^1.5, which for rows of one weight is the rows' skewness / √n. 0 where nothing varies. */
  readonly skew: number;
}

interface Model {
  readonly freedom: number;
  /** Standard error that is true under the model / the one expected of the estimate. */
  readonly inflation: number;
}

/**
 * What the CR2 estimate of the variance is worth where cluster g's sum has the variance v_g: its Satterthwaite degrees of freedom 2 E² / Var, and how far it falls
 * short (R. M. Bell and D. F. McCaffrey, Survey Methodology 28 (2002) 169, eq. 9, with the covariances of the residuals summed in closed form).
 */
const underModel = (weights: Float64Array, mass: number, varianceOf: (weight: number) => number): Model => {
  let [total, a2, a1, a0, expected, own, ownCross] = [0, 0, 0, 0, 0, 0, 0];
  for (const weight of weights) total += varianceOf(weight);
  for (const weight of weights) {
    const variance = varianceOf(weight);
    const factor = 1 / (1 - weight / mass);
    // Covariance of residuals g and h: v_g [g = h] + shared(g, h).
    const shared = (-2 * weight * variance) / mass + (weight * weight * total) / (mass * mass);
    expected += factor * (variance + shared);
    a2 += factor * weight * weight;
    a1 += factor * weight * variance;
    a0 += factor * variance * variance;
    own += (factor * variance) ** 2;
    ownCross += factor * factor * variance * shared;
  }
  const spread =
    own +
    2 * ownCross +
    (2 * a2 * a0 + 2 * a1 * a1) / mass ** 2 -
    (4 * a2 * a1 * total) / mass ** 3 +
    (a2 * a2 * total * total) / mass ** 4;
  return { freedom: (expected * expected) / spread, inflation: Math.sqrt(total / expected) };
};

const alike: Model = { freedom: Number.NaN, inflation: 1 };

/** The more careful of two models of how far the rows of a cluster go along: not at all, and wholly. */
const carefulModel = (weights: Float64Array, mass: number): Model => {
  const models = [
    underModel(weights, mass, (weight) => weight),
    underModel(weights, mass, (weight) => weight * weight),
  ];
  const reach = ({ freedom, inflation }: Model) => studentQuantile(0.975, freedom) * inflation;
  return models.reduce((most, model) => (reach(model) > reach(most) ? model : most));
};

/**
 * Weighted mean with a standard error that holds whatever the correlation within clusters: the CR2 ("bias-reduced linearisation") sandwich of Bell and McCaffrey
 * (2002) for a model of the mean alone, where the leverage of cluster g is w_g / W: error² = Σ r_g² / (1 - w_g / W) / W², r_g = Σ w (x - mean) over the
 * cluster. For clusters of one size this is CR1 and G - 1 degrees of freedom, and for single rows of one weight it is s / √n. Where sizes differ, error and
 * degrees of freedom are those of the less favourable of two models, independent rows and clusters of one mind: one large cluster among many small ones then leaves
 * about one degree, as it should (G. W. Imbens and M. Kolesár, Review of Economics and Statistics 98 (2016) 701, on why the first alone is not enough).
 */
export const clusterMean = ({ sums, weights }: ClusteredSample): ClusterMean => {
  const clusters = sums.length;
  let total = 0;
  let mass = 0;
  let massSquares = 0;
  let heaviest = 0;
  let lightest = Number.POSITIVE_INFINITY;
  for (let g = 0; g < clusters; g += 1) {
    const weight = weights[g] as number;
    total += sums[g] as number;
    mass += weight;
    massSquares += weight * weight;
    if (weight > heaviest) heaviest = weight;
    if (weight < lightest) lightest = weight;
  }
  const mean = total / mass;
  const shape = { mean, clusters, effective: (mass * mass) / massSquares, largest: heaviest / mass };
  if (clusters < 2) return { ...shape, error: Number.NaN, freedom: 0, skew: 0 };
  let [squares, plain, cubes] = [0, 0, 0];
  for (let g = 0; g < clusters; g += 1) {
    const weight = weights[g] as number;
    const residual = (sums[g] as number) - mean * weight;
    squares += (residual * residual) / (1 - weight / mass);
    plain += residual * residual;
    cubes += residual * residual * residual;
  }
  const model = heaviest - lightest <= 1e-9 * heaviest ? alike : carefulModel(weights, mass);
  return {
    ...shape,
    error: (model.inflation * Math.sqrt(squares)) / mass,
    freedom: model === alike ? clusters - 1 : model.freedom,
    skew: plain > 0 ? cubes / plain ** 1.5 : 0,
  };
};
