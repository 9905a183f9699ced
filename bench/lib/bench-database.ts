import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import type { Database } from "@/server/platform/db/database";
import { openDatabase } from "@/server/platform/db/open-database";

const root = path.resolve(import.meta.dirname, "../..");

/** The embedded database as the app runs it: a process of its own behind a socket, here in a folder that goes away with it. */
export const startBenchDatabase = async (): Promise<Database & { readonly processId: number }> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-bench-"));
  const socket = await createSocketAddress();
  const main = path.join(root, "server/platform/db/embedded/main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", main, path.join(folder, "database"), socket], {
    // It ends when its standard input does.
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await Promise.race([
    new Promise((resolve) => child.stdout.once("data", resolve)),
    ended.then(() => Promise.reject(new Error("the database ended before it was ready"))),
  ]);
  const database = await openDatabase({ kind: "embedded", socket }, path.join(root, "prisma/migrations"));
  return {
    ...database,
    processId: child.pid ?? 0,
    close: async () => {
      await database.close();
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
