import { NodeFailure } from "@/runtime/node/node-failure";
import type { Clock } from "./clock";
import type { EndSignal } from "./http-fetch";

/** The caller's own reason where it gave one as a failure, else a plain `aborted`. */
export const abortFailure = (signal: EndSignal): NodeFailure =>
  signal.reason instanceof NodeFailure
    ? signal.reason
    : new NodeFailure("aborted", "The model call was aborted.", { cause: signal.reason });

/** An end that is said once, without the cost of an AbortController. */
class End implements EndSignal {
  aborted = false;
  reason: unknown = undefined;
  #listeners: (() => void)[] = [];

  addEventListener(_: "abort", listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeEventListener(_: "abort", listener: () => void): void {
    const place = this.#listeners.indexOf(listener);
    if (place >= 0) this.#listeners.splice(place, 1);
  }

  say(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

/**
 * Ends a call that the other side has fallen silent on. Time counts only while we wait for it: a reader who takes
 * a minute over a token is not the endpoint's fault. One timer serves the whole call, so a token costs no timer.
 */
export class Watchdog {
  readonly #end = new End();
  readonly #abort = () => this.#end.say(abortFailure(this.caller));
  #waitingSince: number | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
    private readonly caller: AbortSignal,
    private readonly onSilence: () => NodeFailure,
  ) {
    if (caller.aborted) this.#abort();
    else caller.addEventListener("abort", this.#abort, { once: true });
  }

  /** Aborted by the caller or by silence; its reason is the `NodeFailure` to throw. */
  get signal(): EndSignal {
    return this.#end;
  }

  /** From here on we wait for the other side. */
  wait(): void {
    this.#waitingSince = this.clock.now();
    if (this.#cancelTimer === null) this.#schedule(this.limitMs);
  }

  /** It answered. */
  heard(): void {
    this.#waitingSince = null;
  }

  throwIfAborted(): void {
    if (this.#end.aborted) throw this.#end.reason;
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#waitingSince = null;
    this.caller.removeEventListener("abort", this.#abort);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer = this.clock.schedule(delayMs, () => {
      this.#cancelTimer = null;
      if (this.#waitingSince === null) return;
      const left = this.#waitingSince + this.limitMs - this.clock.now();
      if (left > 0) this.#schedule(left);
      else this.#end.say(this.onSilence());
    });
  }
}
