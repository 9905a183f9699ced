import { isNodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorData } from "@/runtime/run/errors";

const longestMessage = 2000;
const clip = (text: string): string => (text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text);

/** What a node threw, as data. Only `NodeFailure` is expected; anything else is a bug of the node. */
export const toRunError = (thrown: unknown, node: string): RunErrorData => {
  if (isNodeFailure(thrown)) {
    const { hint, passing, retryAfterMs } = thrown.options;
    return {
      code: thrown.code,
      message: clip(thrown.message),
      ...(hint === undefined ? {} : { hint: clip(hint) }),
      node,
      ...(passing === true ? { passing } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: "internal", message: clip(`The step failed unexpectedly. ${message}`), node };
};
