import { orderBy, type RoutingStrategy } from "./strategy";

export const roundRobin: RoutingStrategy = (candidates, effects) => orderBy(candidates, effects, () => 0);
