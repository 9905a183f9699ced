import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeNotices } from "./notices.mjs";

const project = await mkdtemp(path.join(os.tmpdir(), "pipewright-notices-"));
afterAll(() => rm(project, { recursive: true, force: true }));

const packages = {
  "": { name: "product" },
  "node_modules/b": { version: "2.0.0", license: "MIT" },
  "node_modules/a": { version: "1.0.0", license: "MIT" },
  "node_modules/a/node_modules/b": { version: "1.5.0", license: "ISC" },
  "node_modules/tests": { version: "1.0.0", license: "MIT", dev: true },
  "node_modules/@img/linux": { version: "1.0.0", license: "LGPL-3.0", optional: true, os: ["linux"], cpu: ["x64"] },
  "node_modules/own": { link: true },
};
await writeFile(path.join(project, "package-lock.json"), JSON.stringify({ packages }));
const put = async (place: string, name: string, text: string) => {
  await mkdir(path.join(project, place), { recursive: true });
  await writeFile(path.join(project, place, name), text);
};
await put("node_modules/a", "LICENSE", "Shared text.\r\n");
await put("node_modules/b", "licence.md", "\uFEFFShared text.");
await put("node_modules/a/node_modules/b", "index.js", "");
await put("node_modules/a/node_modules/b", "license.js", "no text");
await put("node_modules/@img/linux", "LICENSE", "Of one platform.");

it("names every package that is shipped, and each text once; what is not installed everywhere changes nothing", async () => {
  const notices = await makeNotices(project);
  expect(notices).toContain("a 1.0.0   MIT\nb 1.5.0   ISC   (the package holds no text)\nb 2.0.0   MIT\n");
  expect(notices).toContain("@img/linux 1.0.0   LGPL-3.0   (on some platforms; its text is in the package)");
  expect(notices).toContain("a 1.0.0\nb 2.0.0\n");
  expect(notices.split("Shared text.")).toHaveLength(2);
  expect(notices).not.toMatch(/tests|own 1|Of one platform|no text\n/);
  await rm(path.join(project, "node_modules/@img"), { recursive: true });
  expect(await makeNotices(project)).toBe(notices);
});
