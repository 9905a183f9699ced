import { describe, expect, it } from "vitest";
import { type Address, baseUrl, isOwnHost, readAddress } from "./address";

const local: Address = { bind: "127.0.0.1", port: 3000, publicUrl: null, machine: "desk" };
const everywhere: Address = { ...local, bind: "0.0.0.0" };

describe("readAddress", () => {
  it("is this machine alone when nothing is said", () => {
    expect(readAddress({})).toMatchObject({ bind: "127.0.0.1", port: 3000, publicUrl: null });
  });

  it.each(["pipewright.example.com", "ftp://example.com", "javascript:alert(1)"])(
    "refuses %s as a public address",
    (url) => {
      expect(() => readAddress({ PIPEWRIGHT_URL: url })).toThrow(/PIPEWRIGHT_URL must be a whole address/);
    },
  );
});

describe("baseUrl", () => {
  it("prints an address that can be opened", () => {
    expect(baseUrl(local)).toBe("http://127.0.0.1:3000");
    expect(baseUrl(everywhere)).toBe("http://127.0.0.1:3000");
    expect(baseUrl({ ...local, bind: "::1" })).toBe("http://[::1]:3000");
    expect(baseUrl({ ...local, publicUrl: new URL("https://pipes.example.com/") })).toBe("https://pipes.example.com");
  });
});

describe("isOwnHost", () => {
  it.each(["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "localhost.:3000", "[::1]:3000"])("knows %s", (host) => {
    expect(isOwnHost(host, local)).toBe(true);
  });

  it.each([
    "evil.example",
    "127.0.0.1.evil.example:3000",
    "localhost.evil.example",
    "192.168.1.7:3000",
    "desk:3000",
    "127.0.0.1:3000@evil.example",
    "localhost:3000/evil",
    "",
    "localhost, evil.example",
    "2130706433",
    null,
  ])("refuses %s when bound to this machine", (host) => {
    expect(isOwnHost(host, local)).toBe(false);
  });

  it("takes addresses and the machine's name when bound to all interfaces, but still no other name", () => {
    for (const host of ["192.168.1.7:3000", "[fe80::1]:3000", "desk:3000", "desk.local"]) {
      expect(isOwnHost(host, everywhere)).toBe(true);
    }
    for (const host of ["evil.example", "desk.evil.example"]) expect(isOwnHost(host, everywhere)).toBe(false);
  });

  it("takes the address it is bound to, and the public one", () => {
    expect(isOwnHost("10.0.0.5:3000", { ...local, bind: "10.0.0.5" })).toBe(true);
    expect(isOwnHost("10.0.0.6:3000", { ...local, bind: "10.0.0.5" })).toBe(false);
    const behindProxy = { ...local, publicUrl: new URL("https://pipes.example.com") };
    expect(isOwnHost("pipes.example.com", behindProxy)).toBe(true);
  });
});
