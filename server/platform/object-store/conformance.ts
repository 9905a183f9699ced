import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectStore } from "./object-store";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** For tests: what every object store does. */
export const describeObjectStore = (name: string, open: () => Promise<ObjectStore>): void => {
  describe(name, () => {
    let store: ObjectStore;
    let folder: string;
    beforeAll(async () => {
      store = await open();
      folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-objects-"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const read = async (key: string, range?: { start: number; end: number }) => {
      const stream = await store.get(key, range);
      return stream === null ? null : buffer(stream);
    };
    const keysUnder = async (prefix: string) => {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key);
      return keys.toSorted();
    };

    it("gives back the bytes it was given", async () => {
      const bytes = randomBytes(100_000);
      await store.put("one/aa/bytes", bytes);
      expect(await read("one/aa/bytes")).toEqual(bytes);
      expect(await store.stat("one/aa/bytes")).toEqual({ size: 100_000 });
    });

    it("takes a staged file of several megabytes", async () => {
      const bytes = randomBytes(3_000_000);
      const staged = path.join(folder, "staged");
      await writeFile(staged, bytes);
      await store.put("one/bb/staged", { path: staged, size: bytes.length, sha256: sha256(bytes) });
      expect(await read("one/bb/staged")).toEqual(bytes);
    });

    it("gives a part of an object, both ends included", async () => {
      await store.put("one/range", Buffer.from("0123456789"));
      expect(String(await read("one/range", { start: 2, end: 5 }))).toBe("2345");
      expect(String(await read("one/range", { start: 9, end: 9 }))).toBe("9");
    });

    it("keeps an empty object", async () => {
      await store.put("one/empty", new Uint8Array());
      expect(await store.stat("one/empty")).toEqual({ size: 0 });
      expect(await read("one/empty")).toEqual(Buffer.alloc(0));
    });

    it("replaces an object that is written again", async () => {
      await store.put("one/again", Buffer.from("former"));
      await store.put("one/again", Buffer.from("new"));
      expect(String(await read("one/again"))).toBe("new");
    });

    it("knows nothing of what was never stored, or was deleted", async () => {
      await store.put("one/gone", Buffer.from("x"));
      await store.delete("one/gone");
      for (const key of ["one/gone", "one/never"]) {
        expect(await store.stat(key)).toBeNull();
        expect(await store.get(key)).toBeNull();
        await store.delete(key);
      }
    });

    it("lists what lies under a prefix, with size and time", async () => {
      for (let index = 0; index < 7; index += 1) await store.put(`listed/a/${index}`, Buffer.from("abc"));
      await store.put("listed/b/0", Buffer.from("abc"));
      await store.put("listedtoo/0", Buffer.from("abc"));
      expect(await keysUnder("listed/a/")).toEqual(Array.from({ length: 7 }, (_, index) => `listed/a/${index}`));
      expect(await keysUnder("listed/")).toHaveLength(8);
      expect(await keysUnder("nothing/")).toEqual([]);
      for await (const { size, modifiedAt } of store.list("listed/b/")) {
        expect(size).toBe(3);
        expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(60_000);
      }
    });

    it("lets many write and read at once", async () => {
      const bodies = Array.from({ length: 20 }, (_, index) => Buffer.from(`body ${index}`));
      await Promise.all(bodies.map((body, index) => store.put(`many/${index}`, body)));
      expect(await Promise.all(bodies.map((_, index) => read(`many/${index}`)))).toEqual(bodies);
    });

    it.each(["../up", "/absolute", "a//b", "a/..", "a/./b", "", "a b", "a\0b", "a\\b", `${"k".repeat(513)}`])(
      "refuses the key %j",
      async (key) => {
        await expect(store.put(key, Buffer.from("x"))).rejects.toThrow("not the key");
        await expect(store.get(key)).rejects.toThrow("not the key");
        await expect(store.stat(key)).rejects.toThrow("not the key");
        await expect(store.delete(key)).rejects.toThrow("not the key");
      },
    );
  });
};
