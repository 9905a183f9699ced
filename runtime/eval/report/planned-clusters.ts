import type { Frame } from "./evidence";

/** What is known of the clusters before any answer is there. */
export interface PlannedClusters {
  /** Weight of the heaviest. */
  readonly largest: number;
  /** Clusters of the heaviest's weight that would say as much as all: Σ (w / largest)². */
  readonly alike: number;
  /** Clusters of one weight that would say as much: (Σ w)² / Σ w². */
  readonly effective: number;
}

const known = new WeakMap<Int32Array, PlannedClusters>();

export const plannedClusters = ({ clusters, weights, planned }: Frame): PlannedClusters => {
  const before = known.get(clusters);
  if (before !== undefined) return before;
  const masses = new Float64Array(planned);
  for (const [row, cluster] of clusters.entries())
    masses[cluster] = (masses[cluster] as number) + (weights[row] as number);
  const largest = masses.reduce((most, mass) => Math.max(most, mass), 0);
  const sum = masses.reduce((all, mass) => all + mass, 0);
  const squares = masses.reduce((all, mass) => all + mass * mass, 0);
  const found = { largest, alike: squares / (largest * largest), effective: (sum * sum) / squares };
  known.set(clusters, found);
  return found;
};
