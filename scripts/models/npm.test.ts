import { describe, expect, it } from "vitest";
import { accessFrom, tarballUrl } from "./npm.mjs";

const noFiles = () => {
  throw new Error("no file was expected");
};
const usual = { registry: "https://registry.npmjs.org/", "strict-ssl": true, ca: null, cafile: null };

describe("accessFrom", () => {
  it("downloads directly with npm's usual settings", () => {
    expect(accessFrom(usual, {}, noFiles)).toEqual({
      registry: "https://registry.npmjs.org/",
      authorities: [],
      direct: true,
    });
  });
  it("uses the user's registry and certificates", () => {
    const access = accessFrom(
      { ...usual, registry: "https://npm.corp/repo", ca: "A", cafile: "/ca.pem" },
      {},
      (file) => `of ${file}`,
    );
    expect(access).toMatchObject({
      registry: "https://npm.corp/repo/",
      authorities: ["A", "of /ca.pem"],
      direct: true,
    });
  });
  it("leaves the download to npm behind a proxy or with unusual TLS", () => {
    expect(accessFrom({ ...usual, "https-proxy": "http://proxy:3128" }, {}, noFiles).direct).toBe(false);
    expect(accessFrom(usual, { HTTPS_PROXY: "http://proxy:3128" }, noFiles).direct).toBe(false);
    expect(accessFrom({ ...usual, "strict-ssl": false }, {}, noFiles).direct).toBe(false);
  });
});

describe("tarballUrl", () => {
  it("follows the layout that registries share, scopes included", () => {
    const access = { registry: "https://npm.corp/", authorities: [], direct: true };
    expect(tarballUrl(access, { package: "a", version: "1.0.0" })).toBe("https://npm.corp/a/-/a-1.0.0.tgz");
    expect(tarballUrl(access, { package: "@s/a", version: "1.0.0" })).toBe("https://npm.corp/@s/a/-/a-1.0.0.tgz");
  });
});
