import { isNodeFailure } from "@/runtime/node/node-failure";

const noConnection: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** Refused by the way out, or by the network, before there was a connection to send by. */
export const cameToNoConnection = (error: unknown): boolean => {
  const cause = rootOf(error);
  return isNodeFailure(cause) || noConnection.has((cause as { code?: unknown } | null)?.code);
};

/** What lies behind an error; a failure of a node is its own. */
export const rootOf = (error: unknown): unknown => {
  let current = error;
  for (
    let depth = 0;
    depth < 5 && current instanceof Error && current.cause !== undefined && !isNodeFailure(current);
    depth += 1
  )
    current = current.cause;
  return current;
};
