import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import { Agent, buildConnector } from "undici";
import { NodeFailure } from "@/runtime/node/node-failure";
import { checkAddress, type EgressMode } from "./egress-policy";

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
/** `dns.lookup` with `all: true`. */
export type Lookup = (hostname: string, options: LookupOptions & { all: true }, callback: LookupCallback) => void;

export interface EgressDispatcherOptions {
  readonly mode: EgressMode;
  readonly lookup?: Lookup;
  readonly connectTimeoutMs?: number;
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
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup as never });
  return new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[|\]$/g, "");
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
    },
  });
};
