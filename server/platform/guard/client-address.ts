/** Our own server (scripts/serve.mjs) writes it over whatever the client sent under this name. */
export const clientAddressHeader = "x-pipewright-client-address";

// Set by that server. Where another one answers, as in development, the header is the client's own claim and counts for nothing.
const shared: typeof globalThis & { pipewrightWritesAddresses?: boolean } = globalThis;

/** Where a request came from, and with what program. */
export interface RequestOrigin {
  /** IP address, or null where it is not known. */
  readonly address: string | null;
  /** As the program calls itself, cut to a bounded length. */
  readonly userAgent: string | null;
}

const longestAgent = 300;
const longestAddress = 45;

export const requestOrigin = (headers: Headers): RequestOrigin => {
  const address = shared.pipewrightWritesAddresses ? headers.get(clientAddressHeader) : null;
  const agent = headers
    .get("user-agent")
    ?.replace(/\p{Cc}+/gu, " ")
    .trim();
  return {
    address: address?.slice(0, longestAddress) || null,
    userAgent: agent?.slice(0, longestAgent) || null,
  };
};
