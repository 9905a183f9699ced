import type { Clock } from "./clock";
import { Health } from "./health";
import { Breaker } from "./middleware/breaker";
import { Limiter, type LimitPolicy } from "./middleware/limit";
import { Load } from "./middleware/track";

/** What the process knows of one replica. */
export interface ReplicaState {
  readonly breaker: Breaker;
  readonly load: Load;
  readonly health: Health;
}

/**
 * Places, breakers and health by key. It outlives the gateways built on it: a changed endpoint gets a new gateway, and the calls
 * under way, the queue and the history stay.
 */
export class GatewayState {
  readonly #limiters = new Map<string, Limiter>();
  readonly #replicas = new Map<string, ReplicaState>();

  constructor(readonly clock: Clock) {}

  limiter(key: string, policy: LimitPolicy): Limiter {
    const known = this.#limiters.get(key);
    if (known !== undefined) {
      known.configure(policy);
      return known;
    }
    const limiter = new Limiter(this.clock, policy);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  replica(key: string): ReplicaState {
    let state = this.#replicas.get(key);
    if (state === undefined) {
      state = { breaker: new Breaker(this.clock), load: new Load(this.clock), health: new Health(this.clock) };
      this.#replicas.set(key, state);
    }
    return state;
  }

  /** Forgets all but these, so that removed endpoints do not pile up. Calls under way keep what they hold. */
  retain(endpointKeys: ReadonlySet<string>, replicaKeys: ReadonlySet<string>): void {
    for (const key of this.#limiters.keys()) if (!endpointKeys.has(key)) this.#limiters.delete(key);
    for (const key of this.#replicas.keys()) if (!replicaKeys.has(key)) this.#replicas.delete(key);
  }
}
