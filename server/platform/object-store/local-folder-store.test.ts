import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeObjectStore } from "./conformance";
import { LocalFolderStore } from "./local-folder-store";

const folders: string[] = [];
const makeFolder = async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-store-"));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeObjectStore("objects in a local folder", async () => new LocalFolderStore(await makeFolder()));

it("a write that fails leaves neither an object nor a draft", async () => {
  const folder = await makeFolder();
  const store = new LocalFolderStore(folder);
  const staged = { path: path.join(folder, "not-there"), size: 1, sha256: "" };
  await expect(store.put("one/object", staged)).rejects.toThrow("ENOENT");
  expect(await store.stat("one/object")).toBeNull();
  expect(await readdir(path.join(folder, "drafts"))).toEqual([]);
});
