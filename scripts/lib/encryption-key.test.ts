import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encryptionKey } from "./encryption-key.mjs";

const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-key-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const environment = (values: Record<string, string> = {}) => ({ NODE_ENV: "test" as const, ...values });

describe("the key that seals API keys", () => {
  it("is made once, 32 bytes, and readable by its owner alone", async () => {
    const keys = await Promise.all(
      Array.from({ length: 20 }, () => encryptionKey(path.join(folder, "data"), environment())),
    );
    expect(new Set(keys).size).toBe(1);
    expect(Buffer.from(keys[0] ?? "", "base64")).toHaveLength(32);
    expect(await readdir(path.join(folder, "data"))).toEqual(["encryption.secret"]);
    const { mode } = await stat(path.join(folder, "data", "encryption.secret"));
    if (process.platform !== "win32") expect(mode & 0o077).toBe(0);
  });

  it("is the one of the environment where there is one", async () => {
    expect(await encryptionKey(folder, environment({ PIPEWRIGHT_SECRET_KEY: " abc\n" }))).toBe("abc");
  });
});
