/** What a strategy may know of a replica. */
export interface ReplicaStats {
  readonly inFlight: number;
  /** Average time to the first answer; null before the first. */
  readonly latencyMs: number | null;
  /** Micro-dollars per million input and output tokens together; null where unknown. */
  readonly priceMicroUsd: number | null;
  /** At least 1. */
  readonly weight: number;
}

export interface Candidate {
  readonly id: string;
  readonly stats: ReplicaStats;
}

export interface StrategyEffects {
  /** 0 up to, but not including, 1. */
  readonly random: () => number;
  /** How many calls were routed before this one. */
  readonly sequence: number;
}

/** Orders the candidates, best first, and leaves none out. Pure: all state is in the arguments. */
export type RoutingStrategy = <C extends Candidate>(candidates: readonly C[], effects: StrategyEffects) => readonly C[];

/** Turns the list so that equals take turns, then sorts it (stably) by `cost`, the lowest first. */
export const orderBy = <C extends Candidate>(
  candidates: readonly C[],
  { sequence }: StrategyEffects,
  cost: (candidate: C) => number,
): readonly C[] => {
  const start = candidates.length === 0 ? 0 : sequence % candidates.length;
  return [...candidates.slice(start), ...candidates.slice(0, start)].sort((a, b) => {
    const [left, right] = [cost(a), cost(b)];
    return left === right ? 0 : left - right;
  });
};
