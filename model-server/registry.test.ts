import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatEntries } from "./registry";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "pipewright-registry-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const present = (ggufs: { id: string; path: string }[] = []) =>
  chatEntries({ cacheRoot: root, ggufs })
    .filter((entry) => entry.present)
    .map(({ id }) => id);

describe("chatEntries", () => {
  it("knows the models of the manifest before they are fetched", () => {
    const entries = chatEntries({ cacheRoot: root, ggufs: [] });
    expect(entries.find(({ optional }) => !optional)).toMatchObject({ present: false, grade: "good" });
    expect(entries.find(({ id }) => id === "tiny-local")).toMatchObject({ grade: "demo", optional: true });
  });

  it("finds files in the folder for them, at once and without a restart", async () => {
    expect(present()).toEqual([]);
    const folder = path.join(root, "models", "gguf");
    await mkdir(folder, { recursive: true });
    for (const name of ["Mine-7B.gguf", "big-00001-of-00002.gguf", "big-00002-of-00002.gguf", "notes.txt"])
      await writeFile(path.join(folder, name), "");
    expect(present()).toEqual(["Mine-7B", "big-00001-of-00002"]);
  });

  it("lets a file that the user names take any name, present or not", async () => {
    const file = path.join(root, "a.gguf");
    expect(
      chatEntries({ cacheRoot: root, ggufs: [{ id: "tiny-local", path: file }] }).find(({ id }) => id === "tiny-local"),
    ).toMatchObject({
      grade: null,
      present: false,
      source: { path: file },
    });
    await writeFile(file, "");
    expect(present([{ id: "tiny-local", path: file }])).toEqual(["tiny-local"]);
  });
});
