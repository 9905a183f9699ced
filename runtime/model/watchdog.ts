import { NodeFailure } from "@/runtime/node/node-failure";
import type { Clock } from "./clock";

/** The caller's own reason where it gave one as a failure, else a plain `aborted`. */
export const abortFailure = (signal: AbortSignal): NodeFailure =>
  signal.reason instanceof NodeFailure
    ? signal.reason
    : new NodeFailure("aborted", "The model call was aborted.", { cause: signal.reason });

/**
 * Ends a call that the other side has fallen silent on. Time counts only while we wait for it: a reader who takes
 * a minute over a token is not the endpoint's fault. One timer serves the whole call, so a token costs no timer.
 */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly #abort = () => this.#controller.abort(abortFailure(this.caller));
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
  get signal(): AbortSignal {
    return this.#controller.signal;
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
    this.signal.throwIfAborted();
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
      else this.#controller.abort(this.onSilence());
    });
  }
}
