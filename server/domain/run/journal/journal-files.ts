import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** A process on another machine that has said nothing for so long is dead. */
const heartbeatLostMs = 60_000;
const shape = /^([\w.-]+)~(\d+)~[0-9a-f]+~\d+\.journal$/;

/** `<host>~<process>~<random>~<number>.journal`: whoever finds a file can tell whose it is. */
export const journalFileNames = (folder: string): (() => string) => {
  const host = os.hostname().replace(/[^\w.-]/g, "-");
  const owner = `${host}~${process.pid}~${randomBytes(6).toString("hex")}`;
  let number = 0;
  return () => path.join(folder, `${owner}~${String(number++).padStart(6, "0")}.journal`);
};

export const prepareJournalFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
};

/** Files that dead processes left, the oldest first. `alone`: no other process uses this data folder, so all of them are. */
export const abandonedJournals = async (folder: string, alone: boolean): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => shape.test(name)).sort();
  const found: string[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    if (alone || (await isAbandoned(file, name))) found.push(file);
  }
  return found;
};

const isAbandoned = async (file: string, name: string): Promise<boolean> => {
  const [, host, id] = shape.exec(name) ?? [];
  const pid = Number(id);
  if (host === os.hostname().replace(/[^\w.-]/g, "-")) return pid === process.pid || !isRunning(pid);
  const { mtimeMs } = await stat(file);
  return Date.now() - mtimeMs > heartbeatLostMs;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is a process too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
