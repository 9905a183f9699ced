import type { HttpFetch } from "@/runtime/model/http-fetch";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type Address, readAddress } from "@/server/platform/guard/address";

/**
 * The name under which steps call the samples that the app itself serves. No name server knows it: `.internal` is kept for private use, so nobody else can
 * ever answer for it.
 */
export const sampleHost = "samples.pipewright.internal";

/** Where the samples stand among the app's own addresses. */
const samplePath = "/api/samples";

export const isSample = ({ hostname }: URL): boolean => hostname === sampleHost;

/** Where this app is reached from its own machine. */
const ownOrigin = ({ bind, port }: Address): string => {
  const host = bind === "0.0.0.0" || bind === "::" ? "127.0.0.1" : bind.includes(":") ? `[${bind}]` : bind;
  return `http://${host}:${port}`;
};

/**
 * The way to the samples: this machine's own address, which no other address of a step may lead to. It reads, and reaches nothing of the app but the samples; a path that
 * climbs out of them is resolved before it is looked at.
 */
export const sampleFetch =
  (fetch: HttpFetch, address: Address = readAddress()): HttpFetch =>
  (url, request) => {
    if (request.method !== "GET" && request.method !== "HEAD")
      throw new NodeFailure("tool-blocked", "The sample service can only be read.", { hint: "Send a GET request." });
    const { pathname, search } = new URL(url);
    const { headers } = request;
    // What an author writes for a service of their own is not for the app.
    const { accept = "application/json" } = headers as Readonly<Record<string, string>>;
    return fetch(`${ownOrigin(address)}${samplePath}${pathname}${search}`, { ...request, headers: { accept } });
  };
