import { fail, ok, type Result } from "@/runtime/graph/result";

export interface QueueLimits {
  /** Tasks that run at the same time. */
  readonly running: number;
  /** Tasks that may wait beyond those; one more is turned away. */
  readonly waiting: number;
}

export type QueueRefusal =
  | { readonly reason: "full"; readonly waiting: number; readonly retryAfterSeconds: number }
  | { readonly reason: "left" };

const LONGEST_RETRY_SECONDS = 60;
/** Weight of the newest task in the running average of how long tasks take. */
const NEWEST = 0.3;

/** One that costs at most this part of another's may go before it. */
const MUCH_SMALLER = 0.25;
/** How often one may be passed, so that nobody waits for ever. */
const PASSED_AT_MOST = 8;

interface Place {
  readonly cost: number;
  passed: number;
  start(): void;
}

/**
 * First come, first served, with a bound, save that what costs much less goes first: a question need not wait for the books that are being read.
 * A caller that leaves while waiting frees its place at once.
 */
export class BoundedQueue {
  readonly #limits: QueueLimits;
  readonly #now: () => number;
  readonly #waiting: Place[] = [];
  #running = 0;
  #averageMs = 1000;

  constructor(limits: QueueLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get depth() {
    return { running: this.#running, waiting: this.#waiting.length, limits: this.#limits };
  }

  /** Runs the task when its turn comes; `cost` is in any unit, the same for all. A task that throws makes `run` reject; its place is freed all the same. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal, cost = 1): Promise<Result<T, QueueRefusal>> {
    if (signal.aborted) return fail({ reason: "left" });
    if (this.#running >= this.#limits.running) {
      if (this.#waiting.length >= this.#limits.waiting) return fail(this.#refusal());
      if (!(await this.#turn(signal, cost))) return fail({ reason: "left" });
    } else {
      this.#running++;
    }
    const startedAt = this.#now();
    try {
      return ok(await task());
    } finally {
      this.#averageMs += NEWEST * (this.#now() - startedAt - this.#averageMs);
      this.#release();
    }
  }

  /** Resolves to false when the caller left before its turn. */
  #turn(signal: AbortSignal, cost: number): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(place), 1);
        resolve(false);
      };
      const place: Place = {
        cost,
        passed: 0,
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve(true);
        },
      };
      this.#waiting.push(place);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Hands the place to the next in line, so that nobody who comes in between takes it. */
  #release() {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#running--;
      return;
    }
    const smaller =
      first.passed < PASSED_AT_MOST ? this.#waiting.find(({ cost }) => cost <= first.cost * MUCH_SMALLER) : undefined;
    if (smaller) first.passed++;
    const next = smaller ?? first;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    next.start();
  }

  #refusal(): QueueRefusal {
    const ahead = this.#waiting.length + this.#running;
    const seconds = Math.ceil((this.#averageMs * ahead) / this.#limits.running / 1000);
    return {
      reason: "full",
      waiting: this.#waiting.length,
      retryAfterSeconds: Math.min(LONGEST_RETRY_SECONDS, Math.max(1, seconds)),
    };
  }
}
