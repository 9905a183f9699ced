import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { sharedBuffersFor } from "./shared-buffers";

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

const folderOf = async (...megabytes: number[]): Promise<string> => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-buffers-"));
  await mkdir(path.join(folder, "base", "5"), { recursive: true });
  for (const [index, size] of megabytes.entries()) {
    const file = path.join(folder, "base", "5", `${index}`);
    await writeFile(file, "");
    await truncate(file, size * 1024 * 1024);
  }
  return folder;
};

it("keeps little for a folder that is not there yet, and for a small one", async () => {
  expect(await sharedBuffersFor("/no/such/folder")).toBe("32MB");
  expect(await sharedBuffersFor(await folderOf(1, 2))).toBe("32MB");
});

it("keeps as much as there is, up to its bound", async () => {
  expect(await sharedBuffersFor(await folderOf(40, 30))).toBe("70MB");
  await rm(folder, { recursive: true });
  expect(await sharedBuffersFor(await folderOf(4_000))).toBe("128MB");
});
