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

/** First come, first served, with a bound. A caller that leaves while waiting frees its place at once. */
export class BoundedQueue {
  readonly #limits: QueueLimits;
  readonly #now: () => number;
  readonly #waiting: { start: () => void }[] = [];
  #running = 0;
  #averageMs = 1000;

  constructor(limits: QueueLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get depth() {
    return { running: this.#running, waiting: this.#waiting.length, limits: this.#limits };
  }

  /** Runs the task when its turn comes. A task that throws makes `run` reject; its place is freed all the same. */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<Result<T, QueueRefusal>> {
    if (signal.aborted) return fail({ reason: "left" });
    if (this.#running >= this.#limits.running) {
      if (this.#waiting.length >= this.#limits.waiting) return fail(this.#refusal());
      if (!(await this.#turn(signal))) return fail({ reason: "left" });
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
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(place), 1);
        resolve(false);
      };
      const place = {
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
    const next = this.#waiting.shift();
    if (next) next.start();
    else this.#running--;
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
