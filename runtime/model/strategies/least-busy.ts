import { orderBy, type RoutingStrategy } from "./strategy";

/** Fewest calls under way for its weight; equals take turns. */
export const leastBusy: RoutingStrategy = (candidates, effects) =>
  orderBy(candidates, effects, ({ stats }) => stats.inFlight / stats.weight);
