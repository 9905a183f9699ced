import type { Usage } from "@/runtime/node/context";
import type { NodeFailure } from "@/runtime/node/node-failure";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { Clock } from "../clock";
import { costMicroUsd, type ModelPrice } from "../cost";
import type { CallObserver, ObservedCall } from "./observe";

/** Reports each call with its usage, cost and times, and writes cost and full model name into what the caller gets. */
export const meter =
  (slug: string, priceOf: (model: string) => ModelPrice, clock: Clock) =>
  ({ operation, request, options }: ObservedCall): CallObserver => {
    const startedAt = clock.now();
    let firstTokenMs: number | null = null;
    const report = (usage: Usage | null, cost: number | null, failure?: NodeFailure, reply?: ReplyOutcome | null) =>
      options.onCall?.({
        operation,
        endpoint: slug,
        model: request.model,
        usage,
        costMicroUsd: cost,
        latencyMs: Math.max(0, Math.round(clock.now() - startedAt)),
        firstTokenMs,
        cached: false,
        ...(reply === undefined || reply === null ? {} : { reply }),
        ...(failure === undefined ? {} : { error: errorData(failure) }),
      });
    const cost = (usage: Usage | null) => costMicroUsd(usage, priceOf(request.model));
    return {
      firstPart: () => {
        // Of a reply that came in one piece nobody knows when it began.
        if (operation === "chat" && options.whole !== true)
          firstTokenMs = Math.max(0, Math.round(clock.now() - startedAt));
      },
      finish: (part) => {
        const finish = { ...part, costMicroUsd: cost(part.usage), model: `${slug}/${request.model}` };
        report(finish.usage, finish.costMicroUsd, undefined, finish.outcome);
        return finish;
      },
      reply: (reply) => {
        const usage = "usage" in reply ? reply.usage : null;
        const metered = { ...reply, costMicroUsd: cost(usage) };
        report(usage, metered.costMicroUsd);
        return metered;
      },
      failure: (failure) => report(null, null, failure),
    };
  };

const errorData = ({ code, message, options: { hint } }: NodeFailure) => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});
