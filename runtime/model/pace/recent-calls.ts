import type { Clock } from "../clock";

const windowMs = 60_000;
/** Calls that are remembered one by one; beyond them the oldest go. */
const mostKept = 4_096;

/** Fewer answers than this say nothing of a rate. */
const fewAnswers = 5;

interface Call {
  readonly at: number;
  /** null while it is under way. */
  tokens: number | null;
}

/** The calls of the last minute and what they used. */
export class RecentCalls {
  #calls: Call[] = [];
  #answers: number[] = [];
  #firstAt = 0;
  /** Moving average of the tokens of one call; 0 before the first. */
  tokensOfOne = 0;

  constructor(private readonly clock: Clock) {}

  /** Milliseconds since the epoch; long ago before the first. */
  lastBegunAt = Number.NEGATIVE_INFINITY;

  /** Answers a minute, by those of the last minute; null where there were too few to tell. */
  get answersPerMinute(): number | null {
    const now = this.clock.now();
    this.#answers = this.#answers.filter((at) => at > now - windowMs);
    if (this.#answers.length < fewAnswers) return null;
    const seen = Math.min(windowMs, Math.max(1_000, now - this.#firstAt));
    return (this.#answers.length / seen) * windowMs;
  }

  answered(): void {
    this.#answers.push(this.clock.now());
    if (this.#answers.length > mostKept) this.#answers = this.#answers.slice(-mostKept / 2);
  }

  /** A call begins. Gives what ends it, with its tokens; null where nobody said. */
  begin(): (tokens: number | null) => void {
    const call: Call = { at: this.clock.now(), tokens: null };
    if (this.lastBegunAt < 0) this.#firstAt = call.at;
    this.lastBegunAt = call.at;
    this.#calls.push(call);
    if (this.#calls.length > mostKept) this.#calls = this.#calls.slice(-mostKept / 2);
    return (tokens) => {
      call.tokens = tokens ?? 0;
      if (tokens === null || tokens <= 0) return;
      this.tokensOfOne = this.tokensOfOne === 0 ? tokens : this.tokensOfOne * 0.8 + tokens * 0.2;
    };
  }

  /** Milliseconds until one call more fits into so many tokens a minute. A call under way counts as the average one. */
  waitForTokens(perMinute: number): number {
    const now = this.clock.now();
    this.#calls = this.#calls.filter(({ at }) => at > now - windowMs);
    const of = ({ tokens }: Call) => tokens ?? this.tokensOfOne;
    let used = this.#calls.reduce((sum, call) => sum + of(call), 0);
    const needed = Math.min(this.tokensOfOne, perMinute);
    if (used + needed <= perMinute) return 0;
    for (const call of this.#calls) {
      used -= of(call);
      if (used + needed <= perMinute) return Math.max(1, call.at + windowMs - now);
    }
    return 0;
  }
}
