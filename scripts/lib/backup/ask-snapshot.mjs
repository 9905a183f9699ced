import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect, Socket } from "node:net";
import path from "node:path";
import pg from "pg";
import { databaseService } from "../services.mjs";
import { StartFailure } from "../start-failure.mjs";
import { createSupervisor } from "../supervisor.mjs";

/** The socket of the process that has the database open; undefined where none has. @param {string} dataFolder @returns {Promise<string | undefined>} */
export async function runningDatabase(dataFolder) {
  const held = await readFile(path.join(dataFolder, "database.lock"), "utf8").then(JSON.parse, () => null);
  if (typeof held?.socket !== "string") return undefined;
  const answers = await new Promise((resolve) => {
    const probe = connect(held.socket);
    probe.once("connect", () => resolve(true)).once("error", () => resolve(false));
    probe.once("connect", () => probe.destroy());
  });
  return answers ? held.socket : undefined;
}

/** @param {string} socket @param {string} name */
async function ask(socket, name) {
  const client = new pg.Client({
    user: "postgres",
    database: "postgres",
    stream: () => {
      const stream = new Socket();
      const open = stream.connect.bind(stream);
      // Whatever host and port the driver names.
      stream.connect = /** @type {any} */ (() => open(socket));
      return stream;
    },
  });
  await client.connect();
  try {
    // As server/platform/db/embedded/snapshot.ts reads it.
    await client.query(`CHECKPOINT /* snapshot ${name} */`);
  } finally {
    await client.end();
  }
}

/**
 * Lets the database copy itself to `backups/<name>/database`: the one that the running app has open, between two of its statements, or one that is started
 * for it.
 * @param {string} dataFolder @param {string} name
 */
export async function askSnapshot(dataFolder, name) {
  const running = await runningDatabase(dataFolder);
  if (running !== undefined) await ask(running, name);
  else {
    const supervisor = createSupervisor({ onGiveUp: () => {} });
    const database = await databaseService(dataFolder, { bundled: false });
    try {
      await supervisor.start(database.spec);
      await ask(database.environment.PIPEWRIGHT_DATABASE_SOCKET ?? "", name);
    } finally {
      await supervisor.stop();
    }
  }
  if (!existsSync(path.join(dataFolder, "backups", name, "database.whole"))) {
    throw new StartFailure("The database could not be copied; the app's terminal says why (perhaps the disk is full).");
  }
}
