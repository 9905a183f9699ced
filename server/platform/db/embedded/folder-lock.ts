import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import os from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** Said where another process that is alive has the folder. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number, host: string) {
    const where = host === os.hostname() ? "" : ` on ${host}`;
    super(`The data folder ${folder} is in use by another Pipewright (process ${pid}${where}). Stop that one first.`);
    this.name = "FolderInUse";
  }
}

const recordSchema = z.object({ token: z.string(), pid: z.number(), host: z.string(), socket: z.string() });
type LockRecord = z.infer<typeof recordSchema>;

const heartbeatMs = 5_000;
const heartbeatLostMs = 30_000;
const takeoverLostMs = 10_000;

const isAbsent = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";
const isPresent = (error: unknown) => error instanceof Error && "code" in error && error.code === "EEXIST";

const readRecord = async (file: string): Promise<LockRecord | "absent" | "damaged"> => {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    return isAbsent(error) ? "absent" : "damaged";
  }
};

/** A process that ended, by whatever means, no longer accepts; one that is merely busy still does. */
const accepts = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(socket);
    const settle = (alive: boolean) => {
      probe.destroy();
      resolve(alive);
    };
    probe.once("connect", () => settle(true));
    probe.once("error", (error) => {
      settle(!("code" in error && (error.code === "ENOENT" || error.code === "ECONNREFUSED")));
    });
  });

const ageMs = async (file: string): Promise<number> => {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch (error) {
    if (isAbsent(error)) return Number.POSITIVE_INFINITY;
    throw error;
  }
};

/**
 * On another machine, or in another container, the socket cannot be tried: the holder's heartbeat has to do. A socket that is ours now
 * was handed on, by the parent that starts us in the place of the one before.
 */
const isAlive = async (file: string, held: LockRecord, mine: LockRecord): Promise<boolean> => {
  if (held.host !== mine.host) return (await ageMs(file)) < heartbeatLostMs;
  return (held.socket !== mine.socket || held.pid === mine.pid) && (await accepts(held.socket));
};

/** Removes a dead process's lock, and only that one: without the guard two that come at once could remove each other's. */
const removeStale = async (file: string, stale: LockRecord | "damaged"): Promise<void> => {
  const guard = `${file}.takeover`;
  try {
    await writeFile(guard, "", { flag: "wx" });
  } catch (error) {
    if (!isPresent(error)) throw error;
    if ((await ageMs(guard)) > takeoverLostMs) await rm(guard, { force: true });
    await pause(50);
    return;
  }
  try {
    const now = await readRecord(file);
    const same = now === stale || (typeof now === "object" && typeof stale === "object" && now.token === stale.token);
    if (same) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
};

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only one that opens `folder`; needed because the embedded database itself does not notice a second one, and rows
 * would be lost. Works on every platform and file system with hard links, and outlives `kill -9` of its holder. `socket` has to accept
 * connections already. A holder that is just ending is waited for, up to `waitMs`.
 */
export const lockFolder = async (folder: string, socket: string, waitMs = 10_000): Promise<FolderLock> => {
  await mkdir(folder, { recursive: true });
  const file = `${folder}.lock`;
  const mine: LockRecord = { token: randomBytes(12).toString("hex"), pid: process.pid, host: os.hostname(), socket };
  const draft = `${file}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  const giveUpAt = Date.now() + waitMs;
  try {
    for (;;) {
      try {
        // A link either makes the whole file or fails because there is one.
        await link(draft, file);
        break;
      } catch (error) {
        if (!isPresent(error)) throw error;
      }
      const held = await readRecord(file);
      if (held === "absent") continue;
      if (held === "damaged" || !(await isAlive(file, held, mine))) await removeStale(file, held);
      else if (Date.now() > giveUpAt) throw new FolderInUse(folder, held.pid, held.host);
      else await pause(100);
    }
  } finally {
    await rm(draft, { force: true });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, heartbeatMs);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      const held = await readRecord(file);
      if (typeof held === "object" && held.token === mine.token) await rm(file, { force: true });
    },
  };
};
