import { describe, expect, it } from "vitest";
import { hostRule, matchesHost } from "./host-rule";

describe("a rule for hosts", () => {
  it.each([
    ["api.example.com", "https://api.example.com/x", true],
    ["api.example.com", "https://API.example.com./x", true],
    ["api.example.com", "https://api.example.com.evil.test/", false],
    ["api.example.com", "https://evilapi.example.com/", false],
    ["api.example.com", "https://api.example.com:8443/", true],
    ["api.example.com:443", "https://api.example.com/", true],
    ["api.example.com:443", "http://api.example.com/", false],
    ["*.example.com", "https://a.b.example.com/", true],
    ["*.example.com", "https://example.com/", false],
    ["*.example.com", "https://notexample.com/", false],
    ["127.0.0.1:80", "http://2130706433/", true],
    ["127.0.0.1", "http://127.0.0.1:9000/", true],
    ["[::1]:8080", "http://[::1]:8080/", true],
    ["10.0.0.5", "https://user@10.0.0.5/", true],
  ])("%s and %s: %s", (rule, url, expected) => {
    expect(matchesHost(new URL(url), rule)).toBe(expected);
  });

  it.each([
    "",
    "https://a.test",
    "a.test/path",
    "*",
    "*.",
    "a..b",
    "-a.test",
    "a.test:port",
    "a b",
    "*.*.test",
    `${"a".repeat(300)}.test`,
  ])("is not %j", (rule) => {
    expect(hostRule.safeParse(rule).success).toBe(false);
  });

  it("is read in small letters", () => {
    expect(hostRule.parse(" API.Example.com:8443 ")).toBe("api.example.com:8443");
  });
});
