import { leastBusy } from "./least-busy";
import { lowestCost } from "./lowest-cost";
import { lowestLatency } from "./lowest-latency";
import { roundRobin } from "./round-robin";
import type { RoutingStrategy } from "./strategy";
import { weighted } from "./weighted";

export const strategies = {
  "round-robin": roundRobin,
  weighted,
  "least-busy": leastBusy,
  "lowest-latency": lowestLatency,
  "lowest-cost": lowestCost,
} as const satisfies Record<string, RoutingStrategy>;

export type StrategyName = keyof typeof strategies;
