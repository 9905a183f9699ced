import ipaddr from "ipaddr.js";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { mendBaseUrl } from "@/runtime/model/base-url";
import { parseUrl } from "@/server/platform/guard/parse-url";

/**
 * Where the server may call out to on a user's word. `local-network`: the internet, this machine and private networks, where
 * model servers live. `public-only`: the internet alone. Neither ever reaches link-local and cloud metadata addresses.
 */
export type EgressMode = "local-network" | "public-only";

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads PIPEWRIGHT_EGRESS. A word that is not known is a mistake worth stopping for: it was meant to forbid something. */
export const readEgressMode = (environment: Environment = process.env): EgressMode => {
  const text = environment.PIPEWRIGHT_EGRESS?.trim() ?? "";
  if (text === "" || text === "local-network") return "local-network";
  if (text === "public-only") return "public-only";
  throw new Error("PIPEWRIGHT_EGRESS must be local-network or public-only.");
};

export interface EgressRefusal {
  /** English sentence, without the address. */
  readonly message: string;
  readonly hint: string;
}

const refusal = (message: string, hint: string) => fail({ message, hint });

/** Metadata services outside the ranges that are refused as a whole. */
const metadata = new Set([
  "100.100.100.200", // Alibaba Cloud
  "168.63.129.16", // Azure
  "192.0.0.192", // Oracle Cloud
  "fd00:ec2::254", // AWS
  "fd20:ce::254", // Google Cloud
]);

const notReachable = "This address cannot be a model endpoint.";
const useLoopback = "Use 127.0.0.1 or the server's own address.";
const useRoutable = "Use the address of the machine that serves the model.";

/** The IPv4 address that an IPv6 one stands for: mapped, translated (NAT64) or of the old compatible form. */
const embeddedIpv4 = (address: ipaddr.IPv6): ipaddr.IPv4 | null => {
  const bytes = address.toByteArray();
  const prefix = bytes.slice(0, 12);
  const isCompatible = prefix.every((byte) => byte === 0) && !bytes.slice(12, 15).every((byte) => byte === 0);
  const isMapped = prefix.slice(0, 10).every((byte) => byte === 0) && prefix[10] === 255 && prefix[11] === 255;
  const isNat64 = address.range() === "rfc6052";
  const isTranslated = address.range() === "rfc6145";
  return isCompatible || isMapped || isNat64 || isTranslated ? new ipaddr.IPv4(bytes.slice(12)) : null;
};

/** Whether a connection to this IP address may be made. Called with what a name resolved to, right before connecting. */
export const checkAddress = (text: string, mode: EgressMode): Result<null, EgressRefusal> => {
  const plain = text.replace(/%[\s\S]*/, "");
  if (!ipaddr.isValid(plain)) return refusal("The host is no IP address.", "Check the address.");
  const parsed = ipaddr.parse(plain);
  const address = parsed instanceof ipaddr.IPv6 ? (embeddedIpv4(parsed) ?? parsed) : parsed;
  if (metadata.has(address.toString())) {
    return refusal("This is the address of a cloud's metadata service.", useRoutable);
  }
  const range = address.range();
  switch (range) {
    case "unicast":
      return ok(null);
    case "loopback":
    case "private":
    case "uniqueLocal":
    case "carrierGradeNat":
      return mode === "local-network"
        ? ok(null)
        : refusal("This address is private, and this installation calls public addresses only.", useRoutable);
    case "linkLocal":
      return refusal("Link-local addresses are never called: clouds keep credentials there.", useRoutable);
    case "unspecified":
      return refusal("0.0.0.0 and :: mean every address, none to call.", useLoopback);
    default:
      return refusal(notReachable, useRoutable);
  }
};

/** Names of parameters that carry a secret; `api-version` is none. */
const secretParameter = /^(?:(?:api|subscription|access|auth)?[-_]?(?:key|token|secret|password|sig|signature))$/i;

/**
 * Whether a URL may be written down as that of an endpoint; gives it in its normal form, without a slash or the path of a single operation at the end, with
 * its query. A name passes
 * here and is judged by what it resolves to, at each connection.
 */
export const checkUrl = (text: string, mode: EgressMode): Result<string, EgressRefusal> => {
  const written = text.trim();
  const url = parseUrl(written);
  if (url === null) return refusal("This is not a whole URL.", "Write it as http://host:port/v1.");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refusal("Only http and https can be called.", "Write the address as http://… or https://….");
  }
  if (url.username !== "" || url.password !== "") {
    return refusal("A URL must not hold a user name or password.", "Put the key into the API key field.");
  }
  if (url.hash !== "") return refusal("A base URL has no # part.", "Leave out all from # on.");
  if ([...url.searchParams.keys()].some((name) => secretParameter.test(name))) {
    return refusal("A base URL must not hold a key: it is shown to everybody.", "Put the key into the API key field.");
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(host)) {
    const checked = checkAddress(host, mode);
    if (!checked.ok) return checked;
  } else if (mode === "public-only" && /(^|\.)localhost\.?$/i.test(host)) {
    return refusal("This address is private, and this installation calls public addresses only.", useRoutable);
  }
  return ok(mendBaseUrl(`${url.origin}${url.pathname}${url.search}`));
};
