import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates } from "node:tls";
import { Agent, buildConnector } from "undici";
import { NodeFailure } from "@/runtime/node/node-failure";
import { checkAddress, type EgressMode } from "./egress-policy";
import { openTunnel } from "./open-tunnel";

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
/** `dns.lookup` with `all: true`. */
export type Lookup = (hostname: string, options: LookupOptions & { all: true }, callback: LookupCallback) => void;

export interface EgressDispatcherOptions {
  readonly mode: EgressMode;
  readonly lookup?: Lookup;
  readonly connectTimeoutMs?: number;
  /** PEM of authorities that are trusted beside the usual ones. */
  readonly certificates?: readonly string[];
  /** `http://[user:password@]host:port`: connections go through it by CONNECT, to addresses that were resolved and checked here. */
  readonly proxy?: string;
}

const blocked = (refusal: { readonly message: string; readonly hint: string }): NodeFailure =>
  new NodeFailure("model-address-blocked", `The endpoint's address is blocked. ${refusal.message}`, {
    hint: refusal.hint,
  });

/**
 * Connections that go only where the policy allows. The address that is checked is the one that is connected to: a name is
 * resolved once, of its addresses only the allowed ones are tried, and what the socket reached is judged again. So a name that
 * answers differently the second time (DNS rebinding) gains nothing.
 */
export const createEgressDispatcher = ({
  mode,
  lookup = systemLookup as Lookup,
  connectTimeoutMs = 10_000,
  certificates,
  proxy,
}: EgressDispatcherOptions): Agent => {
  const guardedLookup = (
    hostname: string,
    options: LookupOptions,
    callback: (error: Error | null, address?: string | LookupAddress[], family?: number) => void,
  ) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error);
      const checks = addresses.map((entry) => ({ entry, checked: checkAddress(entry.address, mode) }));
      const allowed = checks.flatMap(({ entry, checked }) => (checked.ok ? [entry] : []));
      const [first] = allowed;
      if (first === undefined) {
        const [refused] = checks.flatMap(({ checked }) => (checked.ok ? [] : [checked.error]));
        const nothing = Object.assign(new Error("The name has no address."), { code: "ENOTFOUND" });
        return callback(refused === undefined ? nothing : blocked(refused));
      }
      return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
  const trusted = certificates === undefined ? {} : { ca: [...rootCertificates, ...certificates] };
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup as never, ...trusted });
  /** Straight to a host, judged before and after. */
  const guarded: buildConnector.connector = (options, callback) => {
    const host = bare(options.hostname);
    if (isIP(host) !== 0) {
      const checked = checkAddress(host, mode);
      if (!checked.ok) return callback(blocked(checked.error), null);
    }
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      const reached = socket.remoteAddress;
      const checked = reached === undefined ? null : checkAddress(reached, mode);
      if (checked === null || checked.ok) return callback(null, socket);
      socket.destroy();
      callback(blocked(checked.error), null);
    });
  };
  /** The address of a host that may be called. A name is resolved here, so that the proxy is given an address that was judged. */
  const resolve = (host: string): Promise<string> =>
    new Promise((found, fail) => {
      if (isIP(host) !== 0) {
        const checked = checkAddress(host, mode);
        return checked.ok ? found(host) : fail(blocked(checked.error));
      }
      guardedLookup(host, {}, (error, address) => (error === null ? found(String(address)) : fail(error)));
    });
  const through = async (proxyUrl: URL, options: buildConnector.Options): Promise<Socket> => {
    const isTls = options.protocol === "https:";
    const port = options.port || (isTls ? "443" : "80");
    const hostname = bare(options.hostname);
    const address = await resolve(hostname);
    const way = await new Promise<Socket>((opened, fail) =>
      guarded(
        {
          protocol: proxyUrl.protocol,
          hostname: proxyUrl.hostname,
          port: proxyUrl.port || (proxyUrl.protocol === "https:" ? "443" : "80"),
        } as buildConnector.Options,
        (error, socket) => (error === null ? opened(socket) : fail(error)),
      ),
    );
    const credentials =
      proxyUrl.username === ""
        ? null
        : `${decodeURIComponent(proxyUrl.username)}:${decodeURIComponent(proxyUrl.password)}`;
    const tunnel = await openTunnel(way, { address, port, hostname }, credentials, connectTimeoutMs);
    if (!isTls) return tunnel;
    return new Promise<Socket>((opened, fail) => {
      const secure = connectTls({
        socket: tunnel,
        ...(isIP(hostname) === 0 ? { servername: options.servername ?? hostname } : {}),
        ALPNProtocols: ["http/1.1"],
        ...trusted,
      });
      secure.setTimeout(connectTimeoutMs, () =>
        secure.destroy(new Error("The server behind the proxy did not answer.")),
      );
      secure.once("error", fail);
      secure.once("secureConnect", () => {
        secure.setTimeout(0);
        secure.off("error", fail);
        opened(secure);
      });
    });
  };
  const proxyUrl = proxy === undefined ? null : new URL(proxy);
  return new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect:
      proxyUrl === null
        ? guarded
        : (options, callback) => {
            through(proxyUrl, options).then(
              (socket) => callback(null, socket),
              (error: Error) => callback(error, null),
            );
          },
  });
};

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, "");
