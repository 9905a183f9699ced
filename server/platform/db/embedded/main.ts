// The embedded database as a process of its own: it computes for tens of milliseconds at a time, which would hold up the app.
// `main.ts <folder> <socket>`; prints "ready", and ends with its parent, which holds its standard input.
import path from "node:path";
import { copyBeforeMigration } from "./copy-before-migration";
import { startEmbeddedDatabase } from "./embedded-database";
import { FolderInUse } from "./folder-lock";
import { keepPrivate } from "./keep-private";

/** The exit status that says that starting again will not help. */
const inUse = 75;

const [folder, socket] = process.argv.slice(2);
if (!folder || !socket) {
  console.error("usage: main.ts <folder> <socket>");
  process.exit(64);
}

keepPrivate();

const fail = (error: unknown): never => {
  console.error(error instanceof FolderInUse ? error.message : error);
  process.exit(error instanceof FolderInUse ? inUse : 1);
};

const started = startEmbeddedDatabase({
  folder,
  socket,
  onBroken: fail,
  beforeServing: async (database) => {
    await copyBeforeMigration(database, folder, path.join(process.cwd(), "prisma", "migrations"));
  },
});
let stopping = false;
const stop = () => {
  // Asked by a signal and by the closing input, often by both.
  if (stopping) return;
  stopping = true;
  started.then((database) => database.close()).then(() => process.exit(0), fail);
};
process.once("SIGTERM", stop);
// Ctrl-C reaches every process of the terminal; the parent decides in which order they end.
process.on("SIGINT", () => {});
process.stdin.once("end", stop).resume();

started.then(() => process.stdout.write("ready\n"), fail);
