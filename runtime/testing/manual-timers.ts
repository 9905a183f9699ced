import type { Timers } from "@/runtime/executor/timers";

/** Time that passes when a test says so. */
export class ManualTimers implements Timers {
  #now = 0;
  #waiting: { readonly at: number; readonly callback: () => void }[] = [];

  get now(): number {
    return this.#now;
  }

  /** Milliseconds until each timer that is set, soonest first. */
  get pending(): readonly number[] {
    return this.#waiting.map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#waiting.push(timer);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }
}
