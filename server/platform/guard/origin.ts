import { type Address, isOwnHost, readAddress } from "./address";
import { parseUrl } from "./parse-url";

/**
 * Whether a request was sent by a page of this app. Browsers state the origin of every POST and a page cannot forge it, so a
 * missing or foreign one is refused: that covers cross-site forms and text/plain posts, and other ports of this machine,
 * which the browser counts as the same site and sends cookies to.
 */
export const isSameOrigin = (headers: Headers, address: Address = readAddress()): boolean => {
  const host = headers.get("host");
  if (!isOwnHost(host, address)) return false;
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = parseUrl(headers.get("origin") ?? "");
  if (origin === null || !/^https?:$/.test(origin.protocol)) return false;
  if (origin.origin === address.publicUrl?.origin) return true;
  // The Host header leaves out a default port, as URL does.
  return origin.host === parseUrl(`${origin.protocol}//${host}`)?.host;
};
