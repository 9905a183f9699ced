import type { Clock } from "../clock";
import type { CallOptions } from "../endpoint";
import { LocalRefusal } from "../local-refusal";
import { abortFailure } from "../watchdog";
import { callWhole, wholeCalls } from "../whole-calls";
import type { EndpointMiddleware } from "./endpoint-middleware";

export interface LimitPolicy {
  /** Calls under way at once. */
  readonly maxConcurrency: number;
  /** Calls that may wait for a place; the next one is refused. */
  readonly maxQueue: number;
  /** Longest wait for a place. */
  readonly maxWaitMs: number;
}

interface Waiting {
  readonly admit: () => void;
  readonly refuse: () => void;
}

/** Those that no holder names, such as calls of the editor, hold together. */
const nobody = "";

/** Of so many places one is kept free for others than the holder that has most. */
const placesToOneKept = 8;
const fewestToKeepOf = 4;

/**
 * Places at one endpoint, shared by all runs of the process. Within a holder first come, first served; among holders the next place goes to the
 * one with the fewest, and where the queue is full, the last of the one with most waiting gives way.
 */
export class Limiter {
  inFlight = 0;
  /** Of its places, those that this process may hold; null: all. */
  #share: number | null = null;
  readonly #held = new Map<string, number>();
  readonly #queues = new Map<string, Set<Waiting>>();
  #queued = 0;

  constructor(
    private readonly clock: Clock,
    private policy: LimitPolicy,
  ) {}

  get queued(): number {
    return this.#queued;
  }

  /** Calls at once of all processes together. */
  get places(): number {
    return this.policy.maxConcurrency;
  }

  /** Calls under way here, and those that wait for a place. */
  get wanted(): number {
    return this.inFlight + this.#queued;
  }

  /** So many of the places are for this process, the others for another; null: all of them. Calls under way are left alone. */
  takeShare(share: number | null): void {
    this.#share = share;
    this.#admitWaiting();
  }

  /** A new policy holds from now on; calls under way are left alone. */
  configure(policy: LimitPolicy): void {
    this.policy = policy;
    this.#admitWaiting();
  }

  /** A place that is free now, without a promise: a function that gives it back; null where there is none. */
  takeNow(signal: AbortSignal, holder: string = nobody): (() => void) | null {
    if (signal.aborted || (this.#queued > 0 && this.#queues.has(holder)) || !this.#isFreeFor(holder)) return null;
    return this.#take(holder);
  }

  /** Resolves to a function that gives the place back; calling it again does nothing. */
  acquire(name: string, signal: AbortSignal, holder: string = nobody): Promise<() => void> {
    if (signal.aborted) return Promise.reject(abortFailure(signal));
    const mine = this.#queues.get(holder)?.size ?? 0;
    if (mine === 0 && this.#isFreeFor(holder)) return Promise.resolve(this.#take(holder));
    if (this.#queued >= this.policy.maxQueue && !this.#makeRoom(mine)) return Promise.reject(this.#full(name));
    return new Promise((resolve, reject) => {
      const leave = () => {
        const queue = this.#queues.get(holder);
        if (queue?.delete(waiting) === true) this.#queued -= 1;
        if (queue?.size === 0) this.#queues.delete(holder);
        cancelTimer();
        signal.removeEventListener("abort", onAbort);
      };
      const waiting: Waiting = {
        admit: () => {
          leave();
          resolve(this.#take(holder));
        },
        refuse: () => {
          leave();
          reject(this.#full(name));
        },
      };
      const onAbort = () => {
        leave();
        reject(abortFailure(signal));
      };
      const { maxWaitMs } = this.policy;
      const cancelTimer = this.clock.schedule(maxWaitMs, () => {
        leave();
        reject(
          new LocalRefusal("model-rate-limited", `No place at the endpoint "${name}" within ${maxWaitMs / 1000} s.`, {
            hint: "Raise the endpoint's concurrency, or start fewer runs at once.",
            retryAfterMs: 1000,
          }),
        );
      });
      const queue = this.#queues.get(holder) ?? new Set<Waiting>();
      this.#queues.set(holder, queue);
      queue.add(waiting);
      this.#queued += 1;
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #full(name: string): LocalRefusal {
    return new LocalRefusal("model-rate-limited", `${this.#queued} calls already wait for the endpoint "${name}".`, {
      hint: "Raise the endpoint's concurrency, start fewer runs at once, or add a fallback model.",
      retryAfterMs: 1000,
    });
  }

  #isFreeFor(holder: string): boolean {
    const maxConcurrency = Math.min(this.policy.maxConcurrency, this.#share ?? Number.POSITIVE_INFINITY);
    if (this.inFlight >= maxConcurrency) return false;
    if (holder === nobody || maxConcurrency < fewestToKeepOf) return true;
    const kept = Math.max(1, Math.floor(maxConcurrency / placesToOneKept));
    return (this.#held.get(holder) ?? 0) < maxConcurrency - kept;
  }

  /** Lets the last of the longest queue go, where that is longer than that of whoever comes. */
  #makeRoom(mine: number): boolean {
    let longest: Set<Waiting> | null = null;
    for (const queue of this.#queues.values()) if (queue.size > (longest?.size ?? mine + 1)) longest = queue;
    const last = longest === null ? undefined : [...longest].at(-1);
    last?.refuse();
    return last !== undefined;
  }

  #take(holder: string): () => void {
    this.inFlight += 1;
    this.#held.set(holder, (this.#held.get(holder) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.inFlight -= 1;
      const left = (this.#held.get(holder) ?? 1) - 1;
      if (left > 0) this.#held.set(holder, left);
      else this.#held.delete(holder);
      this.#admitWaiting();
    };
  }

  #admitWaiting(): void {
    for (let next = this.#nextWaiting(); next !== undefined; next = this.#nextWaiting()) next.admit();
  }

  #nextWaiting(): Waiting | undefined {
    let least = Number.POSITIVE_INFINITY;
    let chosen: Set<Waiting> | undefined;
    for (const [holder, queue] of this.#queues) {
      const held = this.#held.get(holder) ?? 0;
      if (held >= least || !this.#isFreeFor(holder)) continue;
      least = held;
      chosen = queue;
    }
    return chosen?.values().next().value;
  }
}

/** Holds a place for as long as a call lasts; an aborted call gives it back at once. `limiterOf` null: as many as come. */
export const limit =
  (limiterOf: (model: string) => Limiter | null, nameOf: (model: string) => string): EndpointMiddleware =>
  (next) => {
    const acquire = async (model: string, { signal, holder }: CallOptions): Promise<() => void> =>
      (await limiterOf(model)?.acquire(nameOf(model), signal, holder)) ?? (() => {});
    return {
      ...next,
      async *chat(request, options) {
        const release = await acquire(request.model, options);
        options.signal.addEventListener("abort", release, { once: true });
        try {
          yield* next.chat(request, options);
        } finally {
          options.signal.removeEventListener("abort", release);
          release();
        }
      },
      ...wholeCalls<CallOptions>((operation) => async (request, options) => {
        const release = await acquire(request.model, options);
        try {
          return await callWhole(next, operation, request, options);
        } finally {
          release();
        }
      }),
      complete: async (request, options) => {
        const { model } = request;
        const limiter = limiterOf(model);
        if (limiter === null) return next.complete(request, options);
        const { signal, holder } = options;
        const release = limiter.takeNow(signal, holder) ?? (await limiter.acquire(nameOf(model), signal, holder));
        try {
          return await next.complete(request, options);
        } finally {
          release();
        }
      },
    };
  };
