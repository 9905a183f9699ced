import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "./lock.mjs";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const quick = { pollMs: 5 };

describe("withLock", () => {
  it("lets one work at a time and leaves nothing behind", async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(file, work, quick)));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is free again after work that failed", async () => {
    await expect(withLock(file, () => Promise.reject(new Error("broken")), quick)).rejects.toThrow("broken");
    expect(await withLock(file, async () => "done", quick)).toBe("done");
  });

  it("takes over from a process that is gone", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await writeFile(file, JSON.stringify({ process: pid, host: os.hostname(), token: "x" }));
    expect(await withLock(file, async () => "done", quick)).toBe("done");
  });

  it("takes over a file that nobody touches any more", async () => {
    await writeFile(file, JSON.stringify({ process: 1, host: "another machine", token: "x" }));
    await utimes(file, new Date(0), new Date(0));
    expect(await withLock(file, async () => "done", quick)).toBe("done");
  });

  it("waits for a process that is alive, and says so once", async () => {
    await writeFile(file, JSON.stringify({ process: process.pid, host: os.hostname(), token: "x" }));
    let told = 0;
    const onWait = () => {
      told++;
      void rm(file);
    };
    expect(await withLock(file, async () => "done", { ...quick, onWait })).toBe("done");
    expect(told).toBe(1);
  });

  it("can be given up", async () => {
    await writeFile(file, JSON.stringify({ process: process.pid, host: os.hostname(), token: "x" }));
    const stop = new AbortController();
    await expect(
      withLock(file, async () => "done", { ...quick, signal: stop.signal, onWait: () => stop.abort() }),
    ).rejects.toThrow();
  });
});
