import { isIP } from "node:net";
import { hostname } from "node:os";
import { parseUrl } from "./parse-url";

/** Where this server is reached. */
export interface Address {
  /** The interface it is bound to; `0.0.0.0` and `::` mean all. */
  readonly bind: string;
  readonly port: number;
  /** Where browsers reach it, when that differs: behind a reverse proxy, a port mapping or a name. */
  readonly publicUrl: URL | null;
  /** This machine's own name, by which others on the network may call it. */
  readonly machine: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads PIPEWRIGHT_HOST, PORT and PIPEWRIGHT_URL. A public URL that is not http or https is a mistake worth stopping for. */
export const readAddress = (environment: Environment = process.env): Address => {
  const written = environment.PIPEWRIGHT_URL?.trim();
  const publicUrl = written ? parseUrl(written) : null;
  if (written && (publicUrl === null || !/^https?:$/.test(publicUrl.protocol))) {
    throw new Error("PIPEWRIGHT_URL must be a whole address such as https://pipewright.example.com.");
  }
  return {
    bind: environment.PIPEWRIGHT_HOST?.trim() || "127.0.0.1",
    port: Number(environment.PORT) || 3000,
    publicUrl,
    machine: hostname().toLowerCase(),
  };
};

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);
const bindsAll = (address: Address): boolean => address.bind === "0.0.0.0" || address.bind === "::";

/** The address printed for people: the public one, or one that works on this machine. */
export const baseUrl = (address: Address): string => {
  if (address.publicUrl) return address.publicUrl.origin;
  return `http://${bindsAll(address) ? "127.0.0.1" : bracketed(address.bind)}:${address.port}`;
};

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+?)\.?(?::\d{1,5})?$/i;
const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a Host header names this server. A name that an attacker points at 127.0.0.1 (DNS rebinding) is not among them,
 * while an IP address cannot be re-pointed and is therefore accepted where the server is bound to all interfaces.
 */
export const isOwnHost = (host: string | null, address: Address): boolean => {
  const name = host === null ? undefined : hostPattern.exec(host)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (loopbackNames.has(name) || name === address.publicUrl?.hostname) return true;
  if (!bindsAll(address)) return name === bracketed(address.bind).toLowerCase();
  return isIP(name.replace(/^\[|\]$/g, "")) !== 0 || name === address.machine || name === `${address.machine}.local`;
};
