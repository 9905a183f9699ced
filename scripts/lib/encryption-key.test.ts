import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encryptionKey } from "./encryption-key.mjs";

const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-key-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const environment = (values: Record<string, string> = {}) => ({ NODE_ENV: "test" as const, ...values });

describe("the key that secrets are sealed with", () => {
  it("is only proposed where there is none: 32 bytes, and nothing is written", async () => {
    const data = path.join(folder, "data");
    const proposed = await encryptionKey(data, environment());
    expect(Buffer.from(proposed.PIPEWRIGHT_SECRET_KEY ?? "", "base64")).toHaveLength(32);
    expect(proposed.PIPEWRIGHT_SECRET_KEY_IS_NEW).toBe("1");
    expect(await readdir(data)).toEqual([]);
  });

  it("is the one of the file, together with that of a rotation that was broken off", async () => {
    const data = path.join(folder, "kept");
    await encryptionKey(data, environment());
    await writeFile(path.join(data, "encryption.secret"), "kept\n");
    expect(await encryptionKey(data, environment())).toEqual({
      PIPEWRIGHT_SECRET_KEY: "kept",
      PIPEWRIGHT_SECRET_KEY_FILE: path.join(data, "encryption.secret"),
    });
    await writeFile(path.join(data, "encryption.secret.next"), "next");
    expect(await encryptionKey(data, environment())).toMatchObject({ PIPEWRIGHT_SECRET_KEY_NEXT: "next" });
  });

  it("is the one of the environment where there is one", async () => {
    const given = environment({ PIPEWRIGHT_SECRET_KEY: " abc\n" });
    expect(await encryptionKey(folder, given)).toEqual({ PIPEWRIGHT_SECRET_KEY: "abc" });
  });
});
