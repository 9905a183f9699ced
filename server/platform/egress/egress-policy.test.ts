import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { checkAddress, checkUrl, readEgressMode } from "./egress-policy";

describe("the URL of an endpoint", () => {
  it.each([
    ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"],
    ["http://localhost:11434/v1/", "http://localhost:11434/v1"],
    ["http://192.168.1.20:8000/v1", "http://192.168.1.20:8000/v1"],
    ["http://10.0.0.7/v1", "http://10.0.0.7/v1"],
    ["http://100.64.3.2:8000", "http://100.64.3.2:8000"],
    ["http://[fd12:3456::1]:8000/v1", "http://[fd12:3456::1]:8000/v1"],
    ["http://[::1]:8000/v1", "http://[::1]:8000/v1"],
    [" https://api.openai.com/v1 ", "https://api.openai.com/v1"],
    ["https://dashscope.aliyuncs.com/compatible-mode/v1", "https://dashscope.aliyuncs.com/compatible-mode/v1"],
    ["HTTPS://Example.COM:443/V1//", "https://example.com/V1"],
  ])("may be %s", (text, normal) => {
    expect(checkUrl(text, "local-network")).toEqual({ ok: true, value: normal });
  });

  it.each([
    ["file:///etc/passwd"],
    ["gopher://127.0.0.1:70/"],
    ["ftp://example.com/v1"],
    ["javascript:alert(1)"],
    ["data:text/plain,hello"],
    ["unix:/var/run/docker.sock"],
    ["//example.com/v1"],
    ["example.com/v1"],
    ["http://"],
    ["http://user:secret@example.com/v1"],
    ["http://sk-key@example.com/v1"],
    ["http://example.com/v1?key=abc"],
    ["http://example.com/v1#part"],
    ["http://169.254.169.254/latest/meta-data"],
    ["http://169.254.170.2/v2/credentials"],
    ["http://2852039166/"], // 169.254.169.254 as one number
    ["http://0xa9fea9fe/"],
    ["http://0251.0376.0251.0376/"],
    ["http://169.254.43518/"],
    ["http://169.254.169.254./"],
    ["http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/"],
    ["http://[::ffff:169.254.169.254]/"],
    ["http://[::ffff:a9fe:a9fe]/"],
    ["http://[::169.254.169.254]/"],
    ["http://[::ffff:0:169.254.169.254]/"],
    ["http://[64:ff9b::169.254.169.254]/"],
    ["http://[2002:a9fe:a9fe::]/"],
    ["http://[fe80::1]/"],
    ["http://[fd00:ec2::254]/"],
    ["http://[fd20:ce::254]/"],
    ["http://0.0.0.0:8000/v1"],
    ["http://0/"],
    ["http://[::]:8000/v1"],
    ["http://100.100.100.200/"],
    ["http://168.63.129.16/"],
    ["http://224.0.0.1/"],
    ["http://255.255.255.255/"],
    ["http://[ff02::1]/"],
    ["http://[::ffff:0.0.0.0]/"],
  ])("is never %s", (text) => {
    for (const mode of ["local-network", "public-only"] as const) {
      const checked = checkUrl(text, mode);
      expect(checked.ok).toBe(false);
      if (!checked.ok) {
        expect(checked.error.hint).not.toBe("");
        expect(JSON.stringify(checked.error)).not.toContain("secret");
      }
    }
  });

  it.each([
    ["http://127.0.0.1:8000/v1"],
    ["http://127.1/"],
    ["http://2130706433/"],
    ["http://localhost:8000/v1"],
    ["http://api.localhost/v1"],
    ["http://10.1.2.3/v1"],
    ["http://172.16.0.1/v1"],
    ["http://192.168.0.1/v1"],
    ["http://100.64.0.1/v1"],
    ["http://[::1]/v1"],
    ["http://[::ffff:127.0.0.1]/v1"],
    ["http://[fd12::1]/v1"],
  ])("may not be %s where only public addresses are called", (text) => {
    expect(checkUrl(text, "local-network").ok).toBe(true);
    expect(checkUrl(text, "public-only").ok).toBe(false);
  });
});

describe("an address", () => {
  const octet = fc.integer({ min: 0, max: 255 });

  it("of the link-local range is refused in every form", () => {
    fc.assert(
      fc.property(octet, octet, (a, b) => {
        const v4 = `169.254.${a}.${b}`;
        const hex = [169 * 256 + 254, a * 256 + b].map((part) => part.toString(16)).join(":");
        for (const form of [v4, `::ffff:${v4}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `::${hex}`, `::ffff:0:${hex}`]) {
          expect(checkAddress(form, "local-network").ok).toBe(false);
        }
      }),
    );
  });

  it("is judged the same bare and mapped into IPv6", () => {
    fc.assert(
      fc.property(
        fc.tuple(octet, octet, octet, octet),
        fc.constantFrom("local-network", "public-only"),
        (parts, mode) => {
          const v4 = parts.join(".");
          expect(checkAddress(`::ffff:${v4}`, mode).ok).toBe(checkAddress(v4, mode).ok);
        },
      ),
    );
  });

  it("that public-only allows is public, and local-network allows it too", () => {
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (parts) => {
        const v4 = parts.join(".");
        if (!checkAddress(v4, "public-only").ok) return;
        expect(ipaddr.parse(v4).range()).toBe("unicast");
        expect(checkAddress(v4, "local-network").ok).toBe(true);
      }),
    );
  });

  it("with a zone is judged without it", () => {
    expect(checkAddress("fe80::1%eth0", "local-network").ok).toBe(false);
  });

  it.each(["", "localhost", "1.2.3.4.5", "::g"])("that is none is refused: %j", (text) => {
    expect(checkAddress(text, "local-network").ok).toBe(false);
  });
});

describe("the mode", () => {
  it("lets the local network be called unless it is told otherwise", () => {
    expect(readEgressMode({})).toBe("local-network");
    expect(readEgressMode({ PIPEWRIGHT_EGRESS: "public-only" })).toBe("public-only");
  });

  it("that is misspelt stops the start, for it was meant to forbid something", () => {
    expect(() => readEgressMode({ PIPEWRIGHT_EGRESS: "publiconly" })).toThrow(/public-only/);
  });
});
