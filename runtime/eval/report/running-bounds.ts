import { type Bets, betsOf, bettingBounds, deviationOf, stakeAt } from "../statistics/betting";
import type { ClusterMean } from "../statistics/cluster-mean";
import type { ClusteredSample } from "../statistics/clustered-sample";
import { sequenceErrors } from "../statistics/confidence-sequence";
import { levelOnTheWay } from "../statistics/level-on-the-way";
import { skewedReach } from "../statistics/skew-adjusted";
import type { Frame } from "./evidence";
import type { Running } from "./finding";
import { plannedClusters } from "./planned-clusters";

/** Effective clusters before which nothing is said of an experiment that runs. */
const runningStart = 20;
/** Share of alpha that bounds of numbers take on the way: with the end's, which has all of it, both together stay below 1.1 alpha (bench/statistics.ts). */
const runningShare = 0.65;

/** Bounds whose claims on the way and those of the end together are wrong in no more than 1.1 alpha. */
const byBets = (bets: Bets, planned: number): Running => {
  const deviation = deviationOf(bets);
  return (alpha, stands = false) =>
    bettingBounds(bets, {
      alpha,
      planned,
      level: stands ? alpha : levelOnTheWay(alpha, deviation, stakeAt(alpha)),
    });
};

/** For differences in -1 … 1. */
export const runningByBets = (sample: ClusteredSample, effective: number, frame: Frame): Running | null => {
  if (effective < runningStart) return null;
  const { largest, alike } = plannedClusters(frame);
  return byBets(betsOf(sample.sums, sample.weights, largest), alike);
};

/** The same of single rows of one weight that are won, lost or drawn. */
export const runningByCounts = (
  { higher, lower, rows }: { readonly higher: number; readonly lower: number; readonly rows: number },
  frame: Frame,
): Running | null => {
  if (rows < runningStart) return null;
  const bets = {
    values: Float64Array.of(-1, 0, 1),
    weights: new Float64Array(3).fill(1),
    times: Float64Array.of(lower, rows - higher - lower, higher),
  };
  return byBets(bets, frame.planned);
};

/** For differences without bounds: holds in the limit of many rows, and is skewed as they are. */
export const runningByErrors = ({ mean, error, skew, effective }: ClusterMean, frame: Frame): Running | null =>
  effective < runningStart || !(error > 0)
    ? null
    : (alpha, stands = false) => {
        const level = stands ? alpha : runningShare * alpha;
        return skewedReach({ mean, error, skew }, sequenceErrors(effective, level, plannedClusters(frame).effective));
      };
