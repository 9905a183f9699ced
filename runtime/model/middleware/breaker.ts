import type { RunErrorCode } from "@/runtime/run/errors";
import type { Clock } from "../clock";
import type { CallObserver } from "./observe";

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open; doubles with each failed trial, up to `longestMs`. */
  readonly openMs: number;
  readonly longestMs: number;
}

const breakerPolicy: BreakerPolicy = { failures: 5, openMs: 5_000, longestMs: 60_000 };

/** Failures that say the server is not well. A refused key or prompt, or a rate limit, is an answer of a healthy one. */
const unwell: ReadonlySet<RunErrorCode> = new Set(["model-unavailable", "model-timeout", "model-protocol"]);

export type BreakerState = "closed" | "open" | "trial";

/** Keeps calls from a server that fails again and again. After a pause one call is let through on trial. */
export class Breaker {
  #failures = 0;
  #openUntil: number | null = null;
  #openMs: number;
  #isTrialUnderWay = false;

  constructor(
    private readonly clock: Clock,
    private readonly policy: BreakerPolicy = breakerPolicy,
  ) {
    this.#openMs = policy.openMs;
  }

  /** `trial`: the pause is over and one call may find out. */
  get state(): BreakerState {
    if (this.#openUntil === null) return "closed";
    return this.clock.now() >= this.#openUntil && !this.#isTrialUnderWay ? "trial" : "open";
  }

  /** Milliseconds until a call may be tried; 0 where one may now. */
  get waitMs(): number {
    return this.state === "open" && this.#openUntil !== null ? Math.max(1, this.#openUntil - this.clock.now()) : 0;
  }

  close(): void {
    this.#failures = 0;
    this.#openUntil = null;
    this.#openMs = this.policy.openMs;
    this.#isTrialUnderWay = false;
  }

  /** Begins a call. The caller has looked at `state` in the same turn. */
  enter(): CallObserver {
    const isTrial = this.state === "trial";
    if (isTrial) this.#isTrialUnderWay = true;
    return {
      firstPart: () => this.close(),
      reply: (reply) => {
        this.close();
        return reply;
      },
      failure: ({ code }) => {
        if (isTrial) this.#isTrialUnderWay = false;
        if (unwell.has(code)) this.#fail(isTrial);
        else if (code !== "aborted" && code !== "node-timeout" && code !== "internal") this.close();
      },
      end: () => {
        if (isTrial) this.#isTrialUnderWay = false;
      },
    };
  }

  #fail(isTrial: boolean): void {
    this.#failures += 1;
    if (isTrial) this.#openMs = Math.min(this.#openMs * 2, this.policy.longestMs);
    if (isTrial || (this.#openUntil === null && this.#failures >= this.policy.failures)) {
      this.#openUntil = this.clock.now() + this.#openMs;
    }
  }
}
