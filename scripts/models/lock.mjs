import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Runs `work` while holding a lock file, so that two processes do not fetch the same weights at once. The holder touches the file
 * while it works; a file that nobody touches any more, or whose process is gone, is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void, signal?: AbortSignal, staleMs?: number, pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, signal, staleMs = 30_000, pollMs = 200 } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  const me = JSON.stringify({ process: process.pid, host: os.hostname(), token: randomUUID() });
  let told = false;
  while (!(await take(file, me))) {
    if (await isAbandoned(file, staleMs)) {
      // Moved away first: of several that find it abandoned only one succeeds, and none removes a lock taken since.
      const aside = `${file}.${randomUUID()}`;
      await rename(file, aside).then(
        () => rm(aside, { force: true }),
        () => undefined,
      );
      continue;
    }
    if (!told) onWait?.();
    told = true;
    await wait(pollMs, undefined, { signal });
  }
  const heartbeat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => undefined), staleMs / 6);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readFile(file, "utf8").catch(() => "")) === me) await rm(file, { force: true });
  }
}

/** @param {string} file @param {string} content */
async function take(file, content) {
  try {
    await writeFile(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file @param {number} staleMs */
async function isAbandoned(file, staleMs) {
  try {
    const [status, content] = await Promise.all([stat(file), readFile(file, "utf8")]);
    if (Date.now() - status.mtimeMs > staleMs) return true;
    // Not yet written by the process that has just created it.
    if (content === "") return false;
    const holder = JSON.parse(content);
    return holder.host === os.hostname() && !isRunning(holder.process);
  } catch {
    return false;
  }
}

/** @param {number} id */
function isRunning(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
