import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { authSecret } from "./auth-secret";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pipewright-secret-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("is made once, long enough and for its owner's eyes only", async () => {
  const data = path.join(folder, "deeper", "data");
  const secret = await authSecret({ PIPEWRIGHT_DATA: data });
  expect(secret.length).toBeGreaterThanOrEqual(43);
  expect(await authSecret({ PIPEWRIGHT_DATA: data })).toBe(secret);
  expect((await stat(path.join(data, "auth.secret"))).mode & 0o077).toBe(0);
});

it("is one secret for all who ask first at the same time, and leaves no drafts", async () => {
  const made = await Promise.all(Array.from({ length: 16 }, () => authSecret({ PIPEWRIGHT_DATA: folder })));
  expect(new Set(made).size).toBe(1);
  expect(await readdir(folder)).toEqual(["auth.secret"]);
});

it("may be given, but not a short one", async () => {
  const given = "g".repeat(32);
  expect(await authSecret({ PIPEWRIGHT_AUTH_SECRET: given, PIPEWRIGHT_DATA: folder })).toBe(given);
  await expect(authSecret({ PIPEWRIGHT_AUTH_SECRET: "short", PIPEWRIGHT_DATA: folder })).rejects.toThrow(/at least 32/);
});

it("says what to do when its file is damaged", async () => {
  await writeFile(path.join(folder, "auth.secret"), "");
  await expect(authSecret({ PIPEWRIGHT_DATA: folder })).rejects.toThrow(/damaged\. Remove it/);
});
