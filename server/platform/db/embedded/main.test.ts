import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { LocalSocket } from "@/server/platform/db/local-socket";
import { copyTestDatabase } from "@/server/testing/test-database";
import { openToOthers } from "./open-to-others";

const parent = await mkdtemp(path.join(os.tmpdir(), "pipewright-crash-"));
afterAll(() => rm(parent, { recursive: true, force: true }));
const main = path.resolve(import.meta.dirname, "main.ts");
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });

interface Running {
  readonly child: ChildProcess;
  readonly pool: pg.Pool;
  readonly errors: () => string;
}

const start = async (folder: string): Promise<Running> => {
  const socket = await createSocketAddress();
  const child = spawn(process.execPath, ["--import", "tsx", main, folder, socket], { stdio: ["pipe", "pipe", "pipe"] });
  started.push(child);
  let errors = "";
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
  const pool = new pg.Pool({ user: "postgres", database: "postgres", stream: () => new LocalSocket(socket), max: 4 });
  pool.on("error", () => {});
  return { child, pool, errors: () => errors };
};

/** A folder with an empty database in it: making one anew takes a process seconds. */
const prepared = async (name: string): Promise<string> => {
  const folder = path.join(parent, name);
  await copyTestDatabase(folder);
  return folder;
};
const rounds = 5;

describe("the embedded database's process", { timeout: 180_000 }, () => {
  it("makes a database, and loses no acknowledged write when it is killed, time after time", async () => {
    const folder = path.join(parent, "killed");
    const acknowledged: number[] = [];
    let next = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { child, pool } = await start(folder);
      await pool.query("CREATE TABLE IF NOT EXISTS mark (n int PRIMARY KEY, filler text)");
      const { rows } = await pool.query<{ n: number }>("SELECT n FROM mark");
      const kept = new Set(rows.map(({ n }) => n));
      expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
      // Four writers, killed in the middle of what they do, each time after another number of writes.
      const killAfter = acknowledged.length + 20 + ((round * 37) % 60);
      const write = async () => {
        for (;;) {
          const n = next++;
          await pool.query("INSERT INTO mark VALUES ($1, $2)", [n, "x".repeat(2_000)]);
          acknowledged.push(n);
          if (acknowledged.length >= killAfter) child.kill("SIGKILL");
        }
      };
      await Promise.allSettled([write(), write(), write(), write()]);
      await ended(child);
      await pool.end();
    }
    expect(acknowledged.length).toBeGreaterThan(rounds * 20);
    expect(await openToOthers(folder)).toEqual([]);
  });

  it("leaves nothing of a transaction that was open when it was killed", async () => {
    const folder = await prepared("open");
    const first = await start(folder);
    await first.pool.query("CREATE TABLE half (n int)");
    const client = await first.pool.connect();
    client.on("error", () => {});
    await client.query("BEGIN");
    await client.query("INSERT INTO half VALUES (1)");
    first.child.kill("SIGKILL");
    await ended(first.child);
    client.release(true);
    await first.pool.end();
    const second = await start(folder);
    expect((await second.pool.query("SELECT * FROM half")).rows).toEqual([]);
    await second.pool.end();
  });

  it("refuses a folder that another one has open, and says which process that is", async () => {
    const folder = await prepared("shared");
    const first = await start(folder);
    await expect(start(folder)).rejects.toThrow(new RegExp(`ended with 75: .*process ${first.child.pid}`, "s"));
    expect((await first.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await first.pool.end();
  });

  it("ends when its parent does, also when it is asked to at the same time, and leaves no lock", async () => {
    const folder = await prepared("orphan");
    const { child, pool } = await start(folder);
    await pool.end();
    child.stdin?.destroy();
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(0);
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });
});
