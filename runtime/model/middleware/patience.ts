import { NodeFailure } from "@/runtime/node/node-failure";
import { type Clock, delay } from "../clock";
import type { CallOptions, Patience } from "../endpoint";
import { LocalRefusal } from "../local-refusal";
import { abortFailure } from "../watchdog";
import { callWhole, wholeCalls } from "../whole-calls";
import type { EndpointMiddleware } from "./endpoint-middleware";

/** Shorter waits are not worth a word. */
const worthSayingMs = 1_500;
/** Calls in all that one patient call makes, so that no server that always says "soon" is asked for ever. */
const mostCalls = 200;

/** Says when a model's next turn is: 0 where it was taken now, else milliseconds to wait before asking again. */
export type TakeTurn = (model: string) => number;

/** Whether to ask a model now although its turn is further away than the caller waits. */
export type Probe = (model: string) => boolean;

/** Whether a failure passes by itself. Our own refusals do where they say how long they last. */
export const isPassingFailure = (error: unknown): error is NodeFailure =>
  error instanceof NodeFailure &&
  (error.options.passing === true || (error instanceof LocalRefusal && error.options.retryAfterMs !== undefined));

const inWords = (milliseconds: number): string => {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

/** One call of a job, and what it may still wait. */
class PatientCall {
  readonly #deadline: number;
  #calls = 0;

  constructor(
    private readonly clock: Clock,
    private readonly model: string,
    private readonly takeTurn: () => number,
    private readonly probe: () => boolean,
    private readonly patience: Patience,
    private readonly signal: AbortSignal,
  ) {
    this.#deadline = clock.now() + patience.longestMs;
  }

  /** Waits until the model's turn comes. */
  async turn(): Promise<void> {
    for (;;) {
      const waitMs = this.takeTurn();
      const isTooFar = this.clock.now() + waitMs > this.#deadline;
      if (waitMs === 0 || (isTooFar && this.#calls === 0 && this.probe())) {
        this.#calls += 1;
        return;
      }
      await this.#wait(waitMs, () => this.#givenUp(waitMs, null));
    }
  }

  /** Waits after a failure that passes, or throws it. */
  async failed(error: unknown): Promise<void> {
    if (!isPassingFailure(error) || this.signal.aborted) throw error;
    if (this.#calls >= mostCalls) throw this.#givenUp(0, error);
    // What the server asked for is in the pace already; a refusal of our own is waited for here.
    const waitMs = error instanceof LocalRefusal ? Math.max(100, error.options.retryAfterMs ?? 0) : 0;
    const asked = Math.max(waitMs, error.options.retryAfterMs ?? 0);
    if (this.clock.now() + asked > this.#deadline) throw this.#givenUp(asked, error);
    if (waitMs > 0) await this.#wait(waitMs, () => this.#givenUp(waitMs, error));
  }

  async #wait(waitMs: number, giveUp: () => NodeFailure): Promise<void> {
    const now = this.clock.now();
    if (now + waitMs > this.#deadline) throw giveUp();
    const isWorthSaying = waitMs >= worthSayingMs && this.patience.onWait !== undefined;
    if (isWorthSaying) this.patience.onWait?.({ model: this.model, until: now + waitMs });
    try {
      await delay(this.clock, waitMs, this.signal).catch(() => {
        throw abortFailure(this.signal);
      });
    } finally {
      if (isWorthSaying) this.patience.onWait?.(null);
    }
  }

  #givenUp(askedMs: number, error: NodeFailure | null): NodeFailure {
    const longest = inWords(this.patience.longestMs);
    const asked = askedMs > 0 ? ` It asks to wait ${inWords(askedMs)} more.` : "";
    const said = error === null ? `The model "${this.model}" is busy or limits the rate.` : error.message;
    return new NodeFailure(error?.code ?? "model-rate-limited", `${said}${asked} This job waits ${longest} at most.`, {
      ...error?.options,
      passing: true,
      ...(askedMs > 0 ? { retryAfterMs: askedMs } : {}),
    });
  }
}

/**
 * For calls that have time: each waits for its turn by the model's pace, and asks again after a failure that passes, as long as its patience lasts and nothing
 * of the reply was delivered. Calls of people go straight through.
 */
export const patience =
  (clock: Clock, slug: string, takeTurn: TakeTurn, probe: Probe): EndpointMiddleware =>
  (next) => {
    const begin = (name: string, options: CallOptions): PatientCall | null =>
      options.patience === undefined
        ? null
        : new PatientCall(
            clock,
            `${slug}/${name}`,
            () => takeTurn(name),
            () => probe(name),
            options.patience,
            options.signal,
          );
    const wait = async <T>(patient: PatientCall, call: () => Promise<T>): Promise<T> => {
      for (;;) {
        await patient.turn();
        try {
          return await call();
        } catch (error) {
          await patient.failed(error);
        }
      }
    };
    const ask = <T>(name: string, options: CallOptions, call: () => Promise<T>): Promise<T> => {
      const patient = begin(name, options);
      return patient === null ? call() : wait(patient, call);
    };
    return {
      ...next,
      async *chat(request, options) {
        const call = begin(request.model, options);
        if (call === null) {
          yield* next.chat(request, options);
          return;
        }
        for (;;) {
          await call.turn();
          let isDelivered = false;
          try {
            for await (const part of next.chat(request, options)) {
              isDelivered = true;
              yield part;
            }
            return;
          } catch (error) {
            if (isDelivered) throw error;
            await call.failed(error);
          }
        }
      },
      ...wholeCalls<CallOptions>(
        (operation) => (request, options) =>
          ask(request.model, options, () => callWhole(next, operation, request, options)),
      ),
      complete: (request, options) => ask(request.model, options, () => next.complete(request, options)),
    };
  };
