import { randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/**
 * A fresh address that only this user can connect to: a Unix socket in a new folder that nobody else may enter, or a Windows pipe whose
 * name cannot be guessed. Short, because a socket's path may hold about 100 characters. Who listens there removes the folder.
 * @returns {Promise<string>}
 */
export async function createSocketAddress() {
  if (process.platform === "win32") return `\\\\.\\pipe\\pipewright-${randomBytes(16).toString("hex")}`;
  return path.join(await mkdtemp(path.join(os.tmpdir(), "pipewright-")), "db.sock");
}
