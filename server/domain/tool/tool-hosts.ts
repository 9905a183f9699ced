import type { Agent, Dispatcher } from "undici";
import type { HttpFetch } from "@/runtime/model/http-fetch";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { NodeFailure } from "@/runtime/node/node-failure";
import { createEgressDispatcher } from "@/server/platform/egress/egress-dispatcher";
import { readEgressMode } from "@/server/platform/egress/egress-policy";
import { matchesHost } from "@/server/platform/egress/host-rule";
import { isSample, sampleFetch } from "./sample-service";

interface Ways {
  /** The internet alone. */
  readonly open: { readonly fetch: HttpFetch; readonly dispatcher: Dispatcher };
  /** To hosts that an owner has named: as far as the installation allows. */
  readonly named: { readonly fetch: HttpFetch; readonly dispatcher: Dispatcher };
  /** To the samples that the app itself serves. */
  readonly samples: { readonly fetch: HttpFetch; readonly dispatcher: Dispatcher };
}

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightToolWays?: Ways } = globalThis;

const ways = (): Ways => {
  const way = (mode: "public-only" | "local-network") => {
    const dispatcher: Agent = createEgressDispatcher({ mode });
    return { dispatcher, fetch: createUndiciFetch(dispatcher) };
  };
  const samples = () => {
    const { dispatcher, fetch } = way("local-network");
    return { dispatcher, fetch: sampleFetch(fetch) };
  };
  shared.pipewrightToolWays ??= { open: way("public-only"), named: way(readEgressMode()), samples: samples() };
  return shared.pipewrightToolWays;
};

const blocked = (message: string, hint: string): NodeFailure => new NodeFailure("tool-blocked", message, { hint });

/**
 * The way out for one address of a tool, by the workspace's list of hosts. An empty list means every public address; otherwise those that it names alone. A
 * private address has to be named. What a name resolves to is judged when the connection is made. Throws `NodeFailure` where it may not be called.
 */
export const wayTo = (url: URL, hosts: readonly string[]): Ways["open"] => {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw blocked("Only http and https can be called.", "Begin the address with https:// or http://.");
  if (url.username !== "" || url.password !== "")
    throw blocked("A URL must not hold a user name or password.", "Keep it as a credential of the workspace.");
  // It leads to nobody else, whatever the list says.
  if (isSample(url)) return ways().samples;
  if (hosts.some((rule) => matchesHost(url, rule))) return ways().named;
  if (hosts.length > 0) {
    throw blocked(
      `This workspace does not let steps call ${url.host}.`,
      "An owner of the workspace can add the host under Settings, Hosts for tools.",
    );
  }
  return ways().open;
};
