import type { NodePolicy } from "@/runtime/graph/document";
import { errorPortName } from "@/runtime/node/error-port";
import { type RunErrorCode, type RunErrorData, runErrors } from "@/runtime/run/errors";
import type { RetryWish } from "./attempt";
import type { Values } from "./frame";

const betterNextTime: ReadonlySet<RunErrorCode> = new Set([
  "node-failed",
  "output-invalid",
  "reply-empty",
  "reply-filtered",
]);

/** Failures that another try can mend: what the error table calls retryable, and what a model may do better the second time. */
const worthRetrying = (code: RunErrorCode): boolean => runErrors[code].retryable || betterNextTime.has(code);

const longestDelayMs = 600_000;

/** Milliseconds to wait before the next attempt; null where there is none. `failed` counts the attempts of this execution. */
export const retryDelay = (
  policy: NodePolicy,
  failed: number,
  error: RunErrorData,
  { retryAfterMs, tries = 1 }: RetryWish,
): number | null => {
  if (failed < tries) return retryAfterMs ?? 0;
  if (failed > policy.retries || !worthRetrying(error.code)) return null;
  return Math.min(Math.max(policy.retryDelayMs, retryAfterMs ?? 0), longestDelayMs);
};

export type Recovery =
  | { readonly kind: "stop" }
  | { readonly kind: "continue" }
  | { readonly kind: "outputs"; readonly outputs: Values };

/** What the node's policy does about a failure that stands. */
export const recoveryFrom = (policy: NodePolicy, { code, message, hint }: RunErrorData): Recovery => {
  switch (policy.onError) {
    case "stop":
      return { kind: "stop" };
    case "continue":
      return { kind: "continue" };
    case "default":
      return { kind: "outputs", outputs: policy.defaultOutputs ?? {} };
    case "error-port":
      return {
        kind: "outputs",
        outputs: { [errorPortName]: { code, message, ...(hint === undefined ? {} : { hint }) } },
      };
    default:
      return policy.onError satisfies never;
  }
};
