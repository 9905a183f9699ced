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
}

/** Places at one endpoint, shared by all runs of the process. First come, first served. */
export class Limiter {
  inFlight = 0;
  readonly #queue = new Set<Waiting>();

  constructor(
    private readonly clock: Clock,
    private policy: LimitPolicy,
  ) {}

  get queued(): number {
    return this.#queue.size;
  }

  /** A new policy holds from now on; calls under way are left alone. */
  configure(policy: LimitPolicy): void {
    this.policy = policy;
    this.#admitWaiting();
  }

  /** Resolves to a function that gives the place back; calling it again does nothing. */
  acquire(name: string, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(abortFailure(signal));
    if (this.inFlight < this.policy.maxConcurrency && this.#queue.size === 0) return Promise.resolve(this.#take());
    if (this.#queue.size >= this.policy.maxQueue) {
      return Promise.reject(
        new LocalRefusal("model-rate-limited", `${this.#queue.size} calls already wait for the endpoint "${name}".`, {
          hint: "Raise the endpoint's concurrency, start fewer runs at once, or add a fallback model.",
          retryAfterMs: 1000,
        }),
      );
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.delete(waiting);
        cancelTimer();
        signal.removeEventListener("abort", onAbort);
      };
      const waiting: Waiting = {
        admit: () => {
          leave();
          resolve(this.#take());
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
      this.#queue.add(waiting);
      signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  #take(): () => void {
    this.inFlight += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.inFlight -= 1;
      this.#admitWaiting();
    };
  }

  #admitWaiting(): void {
    for (const waiting of this.#queue) {
      if (this.inFlight >= this.policy.maxConcurrency) return;
      waiting.admit();
    }
  }
}

/** Holds a place for as long as a call lasts; an aborted call gives it back at once. `limiterOf` null: as many as come. */
export const limit =
  (limiterOf: (model: string) => Limiter | null, nameOf: (model: string) => string): EndpointMiddleware =>
  (next) => {
    const acquire = async (model: string, signal: AbortSignal): Promise<() => void> =>
      (await limiterOf(model)?.acquire(nameOf(model), signal)) ?? (() => {});
    return {
      ...next,
      async *chat(request, options) {
        const release = await acquire(request.model, options.signal);
        options.signal.addEventListener("abort", release, { once: true });
        try {
          yield* next.chat(request, options);
        } finally {
          options.signal.removeEventListener("abort", release);
          release();
        }
      },
      ...wholeCalls<CallOptions>((operation) => async (request, options) => {
        const release = await acquire(request.model, options.signal);
        try {
          return await callWhole(next, operation, request, options);
        } finally {
          release();
        }
      }),
    };
  };
