import { describe, expect, it } from "vitest";
import type { Address } from "./address";
import { isSameOrigin } from "./origin";

const local: Address = { bind: "127.0.0.1", port: 3000, publicUrl: null, machine: "desk" };
const from = (headers: Record<string, string>, address = local) => isSameOrigin(new Headers(headers), address);

describe("isSameOrigin", () => {
  it("takes a request of the page that the same host served", () => {
    expect(from({ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" })).toBe(true);
    expect(from({ host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" })).toBe(
      true,
    );
  });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:5000" }],
    ["another name of this machine", { origin: "http://localhost:3000" }],
    ["a sandboxed frame", { origin: "null" }],
    ["an empty origin", { origin: "" }],
    ["no origin at all", {}],
    ["an extension", { origin: "chrome-extension://abcdef" }],
    ["a page that the browser calls same-site", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" }],
    ["a page that the browser calls cross-site", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "cross-site" }],
  ])("refuses %s", (_, headers) => {
    expect(from({ host: "127.0.0.1:3000", ...headers } as Record<string, string>)).toBe(false);
  });

  it("refuses a name that was made to point here, even when the page came from it", () => {
    expect(from({ host: "rebound.example:3000", origin: "http://rebound.example:3000" })).toBe(false);
  });

  it("takes the public address behind a proxy that rewrites the host", () => {
    const proxied = { ...local, publicUrl: new URL("https://pipes.example.com") };
    expect(from({ host: "127.0.0.1:3000", origin: "https://pipes.example.com" }, proxied)).toBe(true);
    expect(from({ host: "127.0.0.1:3000", origin: "https://pipes.example.com.evil.example" }, proxied)).toBe(false);
  });

  it("compares default ports as browsers write them", () => {
    const proxied = { ...local, publicUrl: new URL("https://pipes.example.com") };
    expect(from({ host: "pipes.example.com:443", origin: "https://pipes.example.com" }, proxied)).toBe(true);
  });
});
