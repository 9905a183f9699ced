import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";
import { type Clock, delay } from "../clock";
import type { CallOptions } from "../endpoint";
import { LocalRefusal } from "../local-refusal";
import { abortFailure } from "../watchdog";
import { callWhole, wholeCalls } from "../whole-calls";
import type { EndpointMiddleware } from "./endpoint-middleware";
import { isPassingFailure } from "./patience";

export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** The pause before the second call, doubled before each next. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** An endpoint that asks for a longer wait than this is given up. */
  readonly longestRetryAfterMs: number;
}

export const retryPolicy: RetryPolicy = {
  attempts: 3,
  baseDelayMs: 250,
  maxDelayMs: 4_000,
  longestRetryAfterMs: 8_000,
};

/** What may pass by itself within seconds. A silent endpoint is not asked again: that would double the longest wait. */
const passing: ReadonlySet<RunErrorCode> = new Set(["model-rate-limited", "model-unavailable"]);

/** The pause before call `attempt` + 1, or null to give up. Half of it is fixed, half random. Never less than was asked for. */
export const retryDelay = (
  failure: unknown,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number | null => {
  if (!(failure instanceof NodeFailure) || failure instanceof LocalRefusal) return null;
  if (attempt >= policy.attempts || !passing.has(failure.code)) return null;
  const asked = failure.options.retryAfterMs ?? 0;
  if (asked > policy.longestRetryAfterMs) return null;
  const backoff = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1)) * (0.5 + random() / 2);
  return Math.round(Math.max(asked, backoff));
};

/** Calls again after a passing failure, as long as nothing of the reply was delivered. */
export const retry =
  (clock: Clock, random: () => number, policy: RetryPolicy = retryPolicy): EndpointMiddleware =>
  (next) => {
    const pause = async (error: unknown, attempt: number, { signal, patience }: CallOptions) => {
      // Who has patience waits by the model's pace, together with all others that do.
      if (patience !== undefined && isPassingFailure(error)) throw error;
      const delayMs = retryDelay(error, attempt, policy, random);
      if (delayMs === null || signal.aborted) throw error;
      await delay(clock, delayMs, signal).catch(() => {
        throw abortFailure(signal);
      });
    };
    const ask = async <T>(call: () => Promise<T>, options: CallOptions): Promise<T> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await call();
        } catch (error) {
          await pause(error, attempt, options);
        }
      }
    };
    return {
      ...next,
      async *chat(request, options) {
        for (let attempt = 1; ; attempt += 1) {
          let isDelivered = false;
          try {
            for await (const part of next.chat(request, options)) {
              if (part.type !== "thinking-delta") isDelivered = true;
              yield part;
            }
            return;
          } catch (error) {
            if (isDelivered) throw error;
            await pause(error, attempt, options);
          }
        }
      },
      ...wholeCalls<CallOptions>(
        (operation) => (request, options) => ask(() => callWhole(next, operation, request, options), options),
      ),
      complete: (request, options) => ask(() => next.complete(request, options), options),
    };
  };
