import type { Clock } from "../clock";
import { type Allowance, type Allowances, longestWaitMs, type StatedLimit } from "./read-wait";
import { RecentCalls } from "./recent-calls";

const minuteMs = 60_000;
/** Below this the gap between two calls is of no use: the network takes longer. */
const leastGapMs = 20;
/** Keeps this share of a limit that was met: other programs may use the same key. */
const kept = 0.95;
/** The pause after a refusal that names none, doubled with each in a row. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * When a model may be called by those who have time. Learns from refusals and from what the headers say is left, so that a long job stays just below a
 * limit instead of running into it: the rate falls by a third when a limit is met, comes back in small steps, and slows near the rate at which it was
 * met last (additive increase, multiplicative decrease). Calls of people are counted, never held.
 */
export class Pace {
  readonly #calls: RecentCalls;
  /** No patient call before this moment. */
  #closedUntil = 0;
  /** Calls a minute; null while no limit was met. */
  #rate: number | null = null;
  /** The rate at which the limit was met last. */
  #ceiling = 0;
  #nextAt = 0;
  #refusals = 0;
  #cutAt = Number.NEGATIVE_INFINITY;
  #tokensPerMinute: number | null = null;
  /** Least time between two calls so that what is left lasts until it is whole again. */
  #spreadMs = 0;

  constructor(private readonly clock: Clock) {
    this.#calls = new RecentCalls(clock);
  }

  /** Calls a minute that it allows; null while no limit was met. */
  get perMinute(): number | null {
    return this.#rate;
  }

  /** Milliseconds until the next patient call may begin; 0 where one may now. */
  get waitMs(): number {
    const now = this.clock.now();
    const at = Math.max(this.#closedUntil, this.#nextAt, now + this.#tokenWaitMs());
    return Math.max(0, Math.ceil(at - now));
  }

  /** Milliseconds for which the server itself asked not to be called. */
  get closedMs(): number {
    return Math.max(0, this.#closedUntil - this.clock.now());
  }

  /** Whether to ask although it is closed for long: once in a while, for limits are raised and servers mended. Remembers that it was. */
  probe(): boolean {
    const now = this.clock.now();
    if (now - this.#calls.lastBegunAt < minuteMs / 2) return false;
    return true;
  }

  /** Takes the next turn where it has come: 0. Else how long to wait before asking again. */
  take(): number {
    const wait = this.waitMs;
    if (wait > 0) return wait;
    const gap = Math.max(this.#spreadMs, this.#rate === null ? 0 : minuteMs / this.#rate);
    const now = this.clock.now();
    this.#nextAt = gap < leastGapMs ? 0 : Math.max(now, this.#nextAt) + gap;
    return 0;
  }

  /** A call begins, whoever makes it. Gives what ends it: with the tokens that it used, null where unknown. */
  begin(): { readonly startedAt: number; readonly end: (tokens: number | null) => void } {
    const startedAt = this.clock.now();
    return { startedAt, end: this.#calls.begin() };
  }

  /** A call was answered. */
  answered(startedAt: number): void {
    this.#refusals = 0;
    this.#calls.answered();
    if (startedAt <= this.#cutAt) return;
    // It took a call that began after the refusal: so it is open again, whatever it said.
    this.#closedUntil = Math.min(this.#closedUntil, this.clock.now());
    if (this.#rate === null) return;
    const below = this.#rate / this.#ceiling;
    const step = below < 0.9 ? 0.02 : below < 1 ? 0.001 : 0.01;
    this.#rate += step * this.#ceiling;
    if (this.#rate > 4 * this.#ceiling || minuteMs / this.#rate < leastGapMs) this.#rate = null;
  }

  /** A call was refused for now. `retryAfterMs` as the server said; `isRate`: for its rate, not because it is away. */
  refused(startedAt: number, retryAfterMs: number | undefined, isRate: boolean, limit: StatedLimit | null): void {
    const now = this.clock.now();
    // What was under way when the limit was met says the same once more.
    const isNews = startedAt > this.#cutAt;
    if (isNews) this.#refusals += 1;
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(10, Math.max(0, this.#refusals - 1)));
    this.#closedUntil = Math.max(this.#closedUntil, now + Math.min(longestWaitMs, retryAfterMs ?? pause));
    if (limit?.of === "tokens") this.#tokensPerMinute = limit.perMinute * kept;
    if (!isNews) return;
    this.#cutAt = now;
    if (!isRate || limit?.of === "tokens") return;
    if (limit?.of === "requests") {
      this.#rate = this.#ceiling = Math.max(1, limit.perMinute * kept);
    } else {
      const met = this.#calls.answersPerMinute;
      if (met === null && this.#rate === null) return;
      this.#ceiling = Math.max(1, Math.min(met ?? Number.POSITIVE_INFINITY, this.#rate ?? Number.POSITIVE_INFINITY));
      this.#rate = Math.max(1, this.#ceiling * 0.7);
    }
    this.#nextAt = 0;
  }

  /** What the headers of an answer say is left. */
  heard({ requests, tokens }: Allowances): void {
    const each = this.#calls.tokensOfOne;
    this.#spreadMs = Math.min(minuteMs, Math.max(spread(requests, 1), spread(tokens, each)));
    for (const [allowance, needed] of [
      [requests, 1],
      [tokens, Math.max(1, each)],
    ] as const) {
      if (allowance === null || allowance.remaining >= needed) continue;
      const until = this.clock.now() + Math.min(longestWaitMs, timeToRefill(allowance, needed));
      this.#closedUntil = Math.max(this.#closedUntil, until);
    }
  }

  #tokenWaitMs(): number {
    return this.#tokensPerMinute === null ? 0 : this.#calls.waitForTokens(this.#tokensPerMinute);
  }
}

/** Where little is left: the time between two calls that makes it last. Plenty left: no gap. */
const spread = (allowance: Allowance | null, needed: number): number => {
  const calls = allowance === null || needed === 0 ? Number.POSITIVE_INFINITY : allowance.remaining / needed;
  return allowance !== null && calls >= 1 && calls < 20 ? allowance.resetMs / calls : 0;
};

/** A bucket fills evenly: for a part of it only a part of the time must pass. */
const timeToRefill = ({ remaining, limit, resetMs }: Allowance, needed: number): number => {
  if (limit === null || limit <= remaining || needed >= limit) return resetMs;
  return Math.max(0, ((needed - remaining) / (limit - remaining)) * resetMs);
};
