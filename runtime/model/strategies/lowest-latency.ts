import { orderBy, type RoutingStrategy } from "./strategy";

/** Quickest to its first answer; one not yet measured comes first, so that it gets measured. */
export const lowestLatency: RoutingStrategy = (candidates, effects) =>
  orderBy(candidates, effects, ({ stats }) => stats.latencyMs ?? -1);
