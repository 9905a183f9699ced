import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { clientAddress, noteClientAddress, readTrustedProxies } from "./client-address.mjs";

const from = (remoteAddress: string | undefined, forwardedFor?: string, proxies = "") =>
  clientAddress({ remoteAddress, forwardedFor }, readTrustedProxies(proxies));

describe("the client's address", () => {
  it.each([
    ["the other end of the connection", "203.0.113.7", undefined, "", "203.0.113.7"],
    ["as IPv4 where the socket speaks IPv6", "::ffff:203.0.113.7", undefined, "", "203.0.113.7"],
    ["not what the client claims", "203.0.113.7", "198.51.100.1", "", "203.0.113.7"],
    ["what a trusted proxy says", "127.0.0.1", "203.0.113.7", "127.0.0.1", "203.0.113.7"],
    [
      "the last that is no proxy, not what the client put before",
      "10.0.0.2",
      "1.1.1.1, 203.0.113.7, 10.0.0.9",
      "10.0.0.0/8",
      "203.0.113.7",
    ],
    ["the proxy itself where it says nothing", "127.0.0.1", undefined, "127.0.0.1", "127.0.0.1"],
    ["the proxy itself where it says nonsense", "127.0.0.1", "unknown, <script>", "127.0.0.1", "127.0.0.1"],
    ["an IPv6 client behind an IPv6 proxy", "::1", "2001:db8::5", "::1", "2001:db8::5"],
  ])("is %s", (_, remote, forwarded, proxies, expected) => {
    expect(from(remote, forwarded, proxies)).toBe(expected);
  });

  it("is unknown of a connection that has gone", () => {
    expect(from(undefined, "203.0.113.7", "127.0.0.1")).toBeNull();
  });

  it("takes the place of what the client wrote under our name, however it spells it", () => {
    const incoming = {
      headers: { "x-pipewright-client-address": "1.1.1.1" },
      rawHeaders: ["X-Pipewright-CLIENT-address", "1.1.1.1", "host", "a", "x-pipewright-client-address", "2.2.2.2"],
      socket: { remoteAddress: "203.0.113.7" },
    } as unknown as IncomingMessage;
    noteClientAddress(incoming, []);
    expect(incoming.headers).toEqual({ "x-pipewright-client-address": "203.0.113.7" });
    expect(incoming.rawHeaders).toEqual(["host", "a", "x-pipewright-client-address", "203.0.113.7"]);
  });

  it("is not looked for behind proxies that are written wrongly: the app does not start", () => {
    expect(() => readTrustedProxies("127.0.0.1, proxy.local")).toThrow(/"proxy.local" is neither/);
  });
});
