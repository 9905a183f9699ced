import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode, RunErrorData } from "@/runtime/run/errors";
import type { Clock } from "./clock";
import { LocalRefusal } from "./local-refusal";
import { Breaker } from "./middleware/breaker";
import type { CallObserver } from "./middleware/observe";
import { Pace } from "./pace/pace";
import { limitInText } from "./pace/read-wait";

export interface ModelTrouble {
  readonly error: RunErrorData;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Ends that say nothing of the model: the caller left, or asked for what no model takes. */
const ownFault: ReadonlySet<RunErrorCode> = new Set(["aborted", "node-timeout", "model-rejected", "internal"]);

const saysNothing: ReadonlySet<RunErrorCode> = new Set(["aborted", "node-timeout", "model-timeout", "internal"]);

/** What the process knows of one model at one replica. One that is broken or limited is none of its siblings' business. */
export class ModelState {
  readonly breaker: Breaker;
  readonly pace: Pace;
  /** How its last call failed; null where it did not. */
  trouble: ModelTrouble | null = null;

  constructor(private readonly clock: Clock) {
    this.breaker = new Breaker(clock);
    this.pace = new Pace(clock);
  }

  enter(): CallObserver {
    const broken = this.breaker.enter();
    const call = this.pace.begin();
    const answered = () => {
      this.trouble = null;
      this.pace.answered(call.startedAt);
    };
    return {
      firstPart: () => {
        broken.firstPart?.();
        answered();
      },
      finish: (part) => {
        call.end(part.usage === null ? null : (part.usage.inputTokens ?? 0) + (part.usage.outputTokens ?? 0));
        return part;
      },
      reply: (reply) => {
        broken.firstPart?.();
        answered();
        const usage = "usage" in reply ? reply.usage : null;
        call.end(usage === null ? null : (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0));
        return reply;
      },
      failure: (failure) => {
        broken.failure?.(failure);
        call.end(null);
        const { code, message, options } = failure;
        if (ownFault.has(code) || failure instanceof LocalRefusal) return;
        this.trouble = {
          at: this.clock.now(),
          error: { code, message, ...(options.hint ? { hint: options.hint } : {}) },
        };
        if (options.passing === true) {
          const isRate = code === "model-rate-limited";
          this.pace.refused(call.startedAt, options.retryAfterMs, isRate, isRate ? limitInText(message) : null);
        }
      },
      end: () => broken.end?.(),
    };
  }
}

/** The server's breaker sees only whether a connection came about: any answer closes it, and silence says nothing of it. */
export const watchServer = (breaker: Breaker): CallObserver => {
  const call = breaker.enter();
  return {
    ...call,
    failure: (failure) => {
      if (failure.options.unreached === true) call.failure?.(failure);
      else call.failure?.(new NodeFailure(saysNothing.has(failure.code) ? "aborted" : "model-rejected", ""));
    },
  };
};
