import { fail, ok, type Result } from "@/runtime/graph/result";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { wayTo } from "@/server/domain/tool/tool-hosts";
import { webhookLimits } from "./webhook.types";

export interface Outgoing {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The workspace's list of hosts that may be called. */
  readonly hosts: readonly string[];
}

/** What a receiver answered, or why there is no answer: an English sentence. */
export type Sent = Result<{ readonly status: number }, string>;

const rootOf = (error: unknown): unknown => {
  let current = error;
  for (
    let depth = 0;
    depth < 5 && current instanceof Error && current.cause !== undefined && !isNodeFailure(current);
  ) {
    current = current.cause;
    depth += 1;
  }
  return current;
};

const sentenceOf = (error: unknown, host: string): string => {
  const cause = rootOf(error);
  if (isNodeFailure(cause)) return cause.message.replace("The endpoint's address", `The address of ${host}`);
  const code = (cause as { code?: unknown } | null)?.code;
  return `${host} could not be reached${typeof code === "string" ? ` (${code})` : ""}.`;
};

/**
 * Sends one delivery through the way out of tools: to the hosts of the workspace's list, to private addresses only where it names them. A redirect is not followed, and of
 * the answer only its status is read.
 */
export const sendDelivery = async (
  { url, body, headers, hosts }: Outgoing,
  waitMs = webhookLimits.waitMs,
): Promise<Sent> => {
  const address = new URL(url);
  const limited = AbortSignal.timeout(waitMs);
  try {
    const response = await wayTo(address, hosts).fetch(address.href, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Pipewright-Webhook", ...headers },
      body,
      signal: limited,
    });
    for await (const _ of response.body) break;
    return ok({ status: response.status });
  } catch (error) {
    if (limited.aborted) return fail(`${address.host} did not answer within ${waitMs / 1000} s.`);
    return fail(sentenceOf(error, address.host).slice(0, 300));
  }
};
