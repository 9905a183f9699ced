import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

it("lets no string become code in production, and no foreign host in at all", () => {
  const policy = contentSecurityPolicy("bm9uY2U=", false);
  expect(policy).toContain("'nonce-bm9uY2U='");
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  expect(policy.match(/script-src [^;]*/)?.[0]).not.toContain("unsafe-inline");
  expect(policy).toMatch(/frame-ancestors 'none'.*base-uri 'none'/);
});

it("differs in development only by what the framework needs there", () => {
  expect(contentSecurityPolicy("n", true).replace(" 'unsafe-eval'", "")).toBe(contentSecurityPolicy("n", false));
});
