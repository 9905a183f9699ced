import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type EndpointError, forbidden, unauthorized } from "./errors";

export interface GuardOptions {
  /** The address it listens on. On a loopback address only local names may be used to reach it. */
  readonly host: string;
  readonly key: string | undefined;
}

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/**
 * Whether a request may use the endpoint. A page of some web site must not, even from the user's own browser: browsers name the
 * page in `Origin`, and a name that was bent to 127.0.0.1 shows in `Host`.
 */
export function refusal(headers: IncomingHttpHeaders, { host, key }: GuardOptions): EndpointError | undefined {
  if (headers.origin !== undefined && !isLocal(headers.origin))
    return forbidden("This endpoint does not answer web pages from elsewhere.");
  if (loopbackNames.has(host) && !isLocal(`http://${headers.host}`))
    return forbidden("This endpoint is reached by a local name only.");
  if (key && !sameSecret(headers.authorization ?? "", `Bearer ${key}`)) return unauthorized();
  return undefined;
}

function isLocal(address: string): boolean {
  try {
    return loopbackNames.has(new URL(address).hostname);
  } catch {
    return false;
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest();
const sameSecret = (left: string, right: string) => timingSafeEqual(digest(left), digest(right));
