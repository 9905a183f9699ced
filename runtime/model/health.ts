import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode, RunErrorData } from "@/runtime/run/errors";
import type { Clock } from "./clock";
import type { Endpoint } from "./endpoint";
import type { CallObserver } from "./middleware/observe";
import { abortFailure } from "./watchdog";

export interface HealthEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ok: boolean;
  readonly latencyMs: number | null;
}

export interface HealthView {
  readonly state: "up" | "down" | "unknown";
  readonly latencyMs: number | null;
  readonly checkedAt: number | null;
  readonly error: RunErrorData | null;
  /** Oldest first. */
  readonly history: readonly HealthEntry[];
}

export const maxHealthEntries = 50;
/** Real calls are written down at most this often, so that a burst does not push the history out. */
const callEntryEveryMs = 5_000;

/** Answers to a probe that show a server at work which only does not list its models: to us, or at all. */
const listless: ReadonlySet<RunErrorCode> = new Set([
  "model-protocol",
  "model-unauthorized",
  "model-unknown",
  "model-rejected",
]);

/** What is known of one replica: by probes, and by the calls that went through it. Where a server lists no models, calls alone tell. */
export class Health {
  #state: HealthView["state"] = "unknown";
  /** A call or a list of models was answered since it was last out of reach. */
  #hasAnswered = false;
  #isUnreached = false;
  #error: RunErrorData | null = null;
  #history: HealthEntry[] = [];
  #probing: Promise<void> | null = null;

  constructor(private readonly clock: Clock) {}

  get state(): HealthView["state"] {
    return this.#state;
  }

  get view(): HealthView {
    const last = this.#history.at(-1);
    return {
      state: this.#state,
      latencyMs: this.#history.findLast((entry) => entry.latencyMs !== null)?.latencyMs ?? null,
      checkedAt: last?.at ?? null,
      error: this.#error,
      history: [...this.#history],
    };
  }

  /** Milliseconds since anything was heard; null where nothing was. */
  get ageMs(): number | null {
    const last = this.#history.at(-1);
    return last === undefined ? null : this.clock.now() - last.at;
  }

  /** Asks the replica now. At most one probe is under way; whoever comes meanwhile waits for that one. Never rejects. */
  probe(endpoint: Pick<Endpoint, "probe">, timeoutMs: number): Promise<void> {
    this.#probing ??= this.#probe(endpoint, timeoutMs).finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** As `probe`, but only where the last news is older than `maxAgeMs`. */
  async probeIfOlder(endpoint: Pick<Endpoint, "probe">, maxAgeMs: number, timeoutMs: number): Promise<void> {
    const age = this.ageMs;
    if (age === null || age >= maxAgeMs) await this.probe(endpoint, timeoutMs);
  }

  async #probe(endpoint: Pick<Endpoint, "probe">, timeoutMs: number): Promise<void> {
    const startedAt = this.clock.now();
    const limit = new AbortController();
    const cancel = this.clock.schedule(timeoutMs, () =>
      limit.abort(new NodeFailure("model-timeout", `No answer to a health check within ${timeoutMs / 1000} s.`)),
    );
    const aborted = new Promise<never>((_, reject) => {
      limit.signal.addEventListener("abort", () => reject(abortFailure(limit.signal)), { once: true });
    });
    try {
      await Promise.race([endpoint.probe({ signal: limit.signal }), aborted]);
      this.#up(this.clock.now() - startedAt);
    } catch (error) {
      if (error instanceof NodeFailure && error.options.unreached !== true && listless.has(error.code)) {
        this.#alive(this.clock.now() - startedAt, dataOf(error));
      } else {
        this.#isUnreached = true;
        this.#hasAnswered = false;
        this.#down(
          error instanceof NodeFailure
            ? dataOf(error)
            : { code: "internal", message: "The health check ended in an unexpected error." },
        );
      }
    } finally {
      cancel();
    }
  }

  /**
   * A call tells as much as a probe when it succeeds. One that fails is left to the breaker and the next probe, but where probes tell nothing and no
   * call has ever succeeded.
   */
  enter(): CallObserver {
    const startedAt = this.clock.now();
    const answered = () => {
      if (this.#state !== "up" || (this.ageMs ?? callEntryEveryMs) >= callEntryEveryMs) {
        this.#up(this.clock.now() - startedAt);
      }
    };
    return {
      firstPart: answered,
      reply: (reply) => {
        answered();
        return reply;
      },
      failure: (failure) => {
        const { code } = failure;
        if (this.#hasAnswered || this.#state !== "unknown" || this.#error === null) return;
        if (code === "model-unauthorized" || code === "model-protocol" || code === "model-unavailable") {
          this.#down(dataOf(failure));
        }
      },
    };
  }

  /** It answers, but lists no models: up where a call has shown it, else not known yet, with what it said. */
  #alive(latencyMs: number, error: RunErrorData): void {
    if (this.#hasAnswered) {
      this.#up(latencyMs);
      return;
    }
    // A call that failed says more than a list that is not there.
    if (this.#state === "down" && this.#error !== null && !this.#isUnreached) return;
    this.#state = "unknown";
    this.#isUnreached = false;
    this.#error = error;
    this.#write({ at: this.clock.now(), ok: true, latencyMs: Math.max(0, Math.round(latencyMs)) });
  }

  #up(latencyMs: number): void {
    this.#hasAnswered = true;
    this.#state = "up";
    this.#error = null;
    this.#write({ at: this.clock.now(), ok: true, latencyMs: Math.max(0, Math.round(latencyMs)) });
  }

  #down(error: RunErrorData): void {
    this.#state = "down";
    this.#error = error;
    this.#write({ at: this.clock.now(), ok: false, latencyMs: null });
  }

  #write(entry: HealthEntry): void {
    this.#history.push(entry);
    if (this.#history.length > maxHealthEntries) this.#history = this.#history.slice(-maxHealthEntries);
  }
}

const dataOf = ({ code, message, options: { hint } }: NodeFailure): RunErrorData => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});
