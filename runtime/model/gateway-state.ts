import type { Clock } from "./clock";
import { Health } from "./health";
import { Breaker } from "./middleware/breaker";
import { Limiter, type LimitPolicy } from "./middleware/limit";
import { Load } from "./middleware/track";
import { ModelState } from "./model-state";

/** Models of one replica of which something is remembered. Those not asked for longest are forgotten first. */
const mostModels = 2_000;

/** What the process knows of one replica, and of each model at it. */
export class ReplicaState {
  /** Of the server itself: opened where no connection comes about. What one model answers badly is that model's. */
  readonly breaker: Breaker;
  readonly load: Load;
  readonly health: Health;
  readonly #models = new Map<string, ModelState>();

  constructor(private readonly clock: Clock) {
    this.breaker = new Breaker(clock);
    this.load = new Load(clock);
    this.health = new Health(clock);
  }

  model(name: string): ModelState {
    const state = this.#models.get(name) ?? new ModelState(this.clock);
    // The newest stands last.
    this.#models.delete(name);
    this.#models.set(name, state);
    if (this.#models.size > mostModels) {
      const [oldest] = this.#models.keys();
      if (oldest !== undefined) this.#models.delete(oldest);
    }
    return state;
  }

  /** What is known of a model without beginning to remember it. */
  known(name: string): ModelState | undefined {
    return this.#models.get(name);
  }

  /** The models whose last call failed, the newest first. */
  get troubled(): readonly { readonly name: string; readonly state: ModelState }[] {
    return [...this.#models]
      .filter(([, { trouble }]) => trouble !== null)
      .map(([name, state]) => ({ name, state }))
      .reverse();
  }

  /** Whether a call to this model may be made now. */
  isOpen(model: string): boolean {
    return this.breaker.state !== "open" && this.known(model)?.breaker.state !== "open";
  }

  /** Milliseconds until it may; 0 where it may now. */
  waitMs(model: string): number {
    return Math.max(this.breaker.waitMs, this.known(model)?.breaker.waitMs ?? 0);
  }
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

  /** By endpoint, and by endpoint and model. */
  get limiters(): ReadonlyMap<string, Limiter> {
    return this.#limiters;
  }

  replica(key: string): ReplicaState {
    let state = this.#replicas.get(key);
    if (state === undefined) {
      state = new ReplicaState(this.clock);
      this.#replicas.set(key, state);
    }
    return state;
  }

  /** Places at one model of an endpoint. */
  modelLimiter(key: string, model: string, policy: LimitPolicy): Limiter {
    return this.limiter(`${key}\n${model}`, policy);
  }

  /** Forgets all but these, so that removed endpoints do not pile up. Calls under way keep what they hold. */
  retain(endpointKeys: ReadonlySet<string>, replicaKeys: ReadonlySet<string>): void {
    for (const key of this.#limiters.keys())
      if (!endpointKeys.has(key.split("\n", 1)[0] ?? "")) this.#limiters.delete(key);
    for (const key of this.#replicas.keys()) if (!replicaKeys.has(key)) this.#replicas.delete(key);
  }
}
