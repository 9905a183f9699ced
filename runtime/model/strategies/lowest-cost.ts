import { orderBy, type RoutingStrategy } from "./strategy";

/** Cheapest first; an unknown price comes last, it may be any. */
export const lowestCost: RoutingStrategy = (candidates, effects) =>
  orderBy(candidates, effects, ({ stats }) => stats.priceMicroUsd ?? Number.POSITIVE_INFINITY);
