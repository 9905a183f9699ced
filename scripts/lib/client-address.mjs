import ipaddr from "ipaddr.js";

/** The app reads the client's address from here (server/platform/guard/client-address.ts). */
const header = "x-pipewright-client-address";

/** @typedef {[ipaddr.IPv4 | ipaddr.IPv6, number]} Range */

/** @param {string} text @returns {ipaddr.IPv4 | ipaddr.IPv6 | null} an IPv4 address in IPv6 clothes as what it is */
const parse = (text) => (ipaddr.isValid(text) ? ipaddr.process(text) : null);

/**
 * Reads PIPEWRIGHT_TRUSTED_PROXIES: addresses and networks, such as `127.0.0.1, 10.0.0.0/8`.
 * @param {string | undefined} text @returns {Range[]}
 */
export function readTrustedProxies(text) {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      try {
        return part.includes("/")
          ? ipaddr.parseCIDR(part)
          : ipaddr.parseCIDR(`${part}/${part.includes(":") ? 128 : 32}`);
      } catch {
        throw new Error(`PIPEWRIGHT_TRUSTED_PROXIES: "${part.slice(0, 60)}" is neither an address nor a network.`);
      }
    });
}

/** @param {ipaddr.IPv4 | ipaddr.IPv6} address @param {readonly Range[]} ranges */
const isIn = (address, ranges) =>
  ranges.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));

/**
 * Who sent a request: the other end of the connection, or, where that is a proxy that we were told to trust, the last one in X-Forwarded-For that is none.
 * What comes before it was written by the client.
 * @param {{ remoteAddress: string | undefined, forwardedFor: string | undefined }} request @param {readonly Range[]} proxies
 * @returns {string | null}
 */
export function clientAddress({ remoteAddress, forwardedFor }, proxies) {
  let address = parse(remoteAddress ?? "");
  const claimed = (forwardedFor ?? "").slice(-2000).split(",");
  while (address !== null && isIn(address, proxies) && claimed.length > 0) {
    const before = parse((claimed.pop() ?? "").trim());
    if (before === null) break;
    address = before;
  }
  return address?.toString() ?? null;
}

/** Of connections whose other end counts as it is. @type {Map<string, string | null>} */
const known = new Map();
const mostKnown = 10_000;

/** @param {string | undefined} remoteAddress @returns {string | null} */
function directAddress(remoteAddress = "") {
  let address = known.get(remoteAddress);
  if (address === undefined) {
    address = clientAddress({ remoteAddress, forwardedFor: undefined }, []);
    if (known.size >= mostKnown) known.clear();
    known.set(remoteAddress, address);
  }
  return address;
}

/**
 * Writes the client's address into a request, in place of what the client may have written there itself.
 * @param {import("node:http").IncomingMessage} incoming @param {readonly Range[]} proxies
 */
export function noteClientAddress(incoming, proxies) {
  const { rawHeaders, headers } = incoming;
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    const name = rawHeaders[index];
    if (name?.length === header.length && name.toLowerCase() === header) rawHeaders.splice(index, 2);
  }
  if (headers[header] !== undefined) delete headers[header];
  const { remoteAddress } = incoming.socket;
  const forwarded = headers["x-forwarded-for"];
  const address =
    proxies.length === 0
      ? directAddress(remoteAddress)
      : clientAddress(
          { remoteAddress, forwardedFor: Array.isArray(forwarded) ? forwarded.join(",") : forwarded },
          proxies,
        );
  if (address === null) return;
  headers[header] = address;
  rawHeaders.push(header, address);
}
