import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { confinedProcess } from "./confined-process";

const folder = mkdtempSync(path.join(tmpdir(), "confined-"));
const probe = path.join(process.cwd(), "runtime", "knowledge", "parse", "fixtures", "confined-probe.mjs");
let asked = 0;
const server = http.createServer((_, response) => {
  asked++;
  response.end("reached");
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** What a document that takes the process over could do in it. */
const done = (command: string, given: readonly string[], environment: Readonly<Record<string, string>>) =>
  new Promise<readonly string[]>((resolve, reject) => {
    const child = spawn(command, given, {
      env: { ...environment } as NodeJS.ProcessEnv,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.once("message", (names) => resolve(names as string[]));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
  });
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

it("has no network, no way to write, and no other process or thread", async () => {
  const start = confinedProcess(probe, [], [folder, address(), "locked"]);
  expect(await done(start.command, start.arguments, start.environment)).toEqual([]);
  expect(asked).toBe(0);
  expect(existsSync(path.join(folder, "written"))).toBe(false);
});

it("would have all of it otherwise", async () => {
  const names = await done(process.execPath, [probe, folder, address(), "open"], { PATH: process.env.PATH ?? "" });
  expect(names).toEqual(expect.arrayContaining(["fetch", "http", "socket", "write", "process", "thread"]));
  expect(asked).toBeGreaterThan(0);
});

it("holds back writes by Node itself, before anything else is taken", async () => {
  const start = confinedProcess(probe, [], [folder, address(), "open"]);
  if (start.missing.includes("a read-only view of the disk")) return;
  rmSync(path.join(folder, "written"), { force: true });
  const names = await done(start.command, start.arguments, start.environment);
  expect(names).not.toContain("write");
  expect(names).not.toContain("write at once");
});
