import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFromTarball } from "./tar.mjs";
import { tar, tarEntry } from "./tar-fixture";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-tar-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function archive(content: Buffer): Promise<string> {
  const file = path.join(folder, `${crypto.randomUUID()}.tgz`);
  await writeFile(file, content);
  return file;
}

async function read(content: Buffer, wanted: Record<string, number>) {
  const chunks: Record<string, Buffer[]> = {};
  const found = await readFromTarball(await archive(content), new Map(Object.entries(wanted)), (chunk, name) => {
    chunks[name] ??= [];
    chunks[name].push(Buffer.from(chunk));
  });
  return {
    found,
    content: Object.fromEntries(Object.entries(chunks).map(([name, parts]) => [name, Buffer.concat(parts)])),
  };
}

describe("readFromTarball", () => {
  it("gives back exactly the bytes of the wanted file, whatever lies around it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 2000 }), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        async (bodies, pick) => {
          const index = pick % bodies.length;
          const all = tar(bodies.map((body, at) => tarEntry(`package/file-${at}`, Buffer.from(body))));
          const name = `package/file-${index}`;
          const body = Buffer.from(bodies[index] ?? []);
          const result = await read(gzipSync(all), { [name]: 2000 });
          expect(result.found.has(name)).toBe(true);
          expect((result.content[name] ?? Buffer.alloc(0)).equals(body)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("reads names that are longer than a header, in both common forms", async () => {
    const long = `package/${"deep/".repeat(40)}model.onnx`;
    for (const form of ["pax", "gnu"] as const) {
      const { content } = await read(gzipSync(tar([tarEntry(long, Buffer.from("weights"), { longName: form })])), {
        [long]: 10,
      });
      expect(content[long]?.toString()).toBe("weights");
    }
  });

  it("does not find links and folders, nor names that were not asked for", async () => {
    const all = tar([
      tarEntry("package/link", Buffer.alloc(0), { type: "2" }),
      tarEntry("package/folder", Buffer.alloc(0), { type: "5" }),
      tarEntry("../../outside", Buffer.from("evil")),
    ]);
    const { found, content } = await read(gzipSync(all), { "package/link": 10, "package/folder": 10, "package/x": 10 });
    expect(found.size).toBe(0);
    expect(content).toEqual({});
  });

  it("refuses a file larger than it may be", async () => {
    const all = gzipSync(tar([tarEntry("package/big", Buffer.alloc(5000))]));
    await expect(read(all, { "package/big": 4999 })).rejects.toThrow("larger than expected");
  });

  it("says that an archive is damaged or cut off", async () => {
    const whole = tar([tarEntry("package/a", Buffer.alloc(3000, 1))]);
    const flipped = Buffer.from(whole);
    flipped[10] = 0x7a;
    await expect(read(gzipSync(flipped), { "package/a": 3000 })).rejects.toThrow("damaged");
    await expect(read(gzipSync(whole.subarray(0, 2000)), { "package/a": 3000 })).rejects.toThrow("ends in the middle");
    await expect(read(Buffer.from("<html>not an archive</html>"), { "package/a": 1 })).rejects.toThrow();
  });
});
