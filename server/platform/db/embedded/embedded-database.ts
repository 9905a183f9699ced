import { rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite-pgvector";
import { vectorSettings } from "@/server/platform/db/vector-settings";
import { lockFolder } from "./folder-lock";
import { createSessionQueue } from "./session-queue";
import { sharedBuffersFor } from "./shared-buffers";
import { readSnapshotName, takeSnapshot } from "./snapshot";
import { listenOn } from "./wire-server";

export interface EmbeddedOptions {
  readonly folder: string;
  /** Unix socket or Windows pipe to listen on; see `createSocketAddress`. Its folder is removed at the end. */
  readonly socket: string;
  /** A transaction in which nothing happened for so long is rolled back. */
  readonly maxIdleMs?: number;
  /** Called with the opened database before anybody else can ask it. */
  readonly beforeServing?: (database: PGlite) => Promise<void>;
  /** The database broke down in the middle of a statement; only a new process can be trusted. */
  readonly onBroken: (error: unknown) => void;
}

export interface EmbeddedDatabase {
  close(): Promise<void>;
}

const open = async (folder: string): Promise<PGlite> => {
  const buffers = `shared_buffers=${await sharedBuffersFor(folder)}`;
  const database = await PGlite.create({
    dataDir: folder,
    extensions: { vector, pg_trgm },
    startParams: [...PGlite.defaultStartParams, "-c", buffers],
  });
  await database.exec("CREATE EXTENSION IF NOT EXISTS vector; CREATE EXTENSION IF NOT EXISTS pg_trgm;");
  await database.exec(vectorSettings.map((each) => `SET ${each};`).join(" "));
  return database;
};

const answerWith = async (database: PGlite, folder: string, unit: readonly Buffer[]): Promise<Buffer> => {
  const parts: Buffer[] = [];
  await database.runExclusive(async () => {
    for (const message of unit) {
      await database.execProtocolRawStream(message, { onRawData: (bytes) => void parts.push(Buffer.from(bytes)) });
    }
  });
  const [message] = unit;
  const copy = unit.length === 1 && message !== undefined ? readSnapshotName(message) : null;
  // Units come one after the other, so nothing is written meanwhile. A copy that fails is not whole, which whoever asked sees.
  if (copy !== null) {
    await takeSnapshot(database, folder, copy).catch((error: unknown) =>
      console.error("the database could not be copied:", error),
    );
  }
  return Buffer.concat(parts);
};

/** PostgreSQL in this process, on a folder that it locks, for any number of local connections. */
export const startEmbeddedDatabase = async (options: EmbeddedOptions): Promise<EmbeddedDatabase> => {
  const { folder, socket, maxIdleMs = 30_000, onBroken, beforeServing } = options;
  let opened: Promise<PGlite> | undefined;
  const database = async () => {
    // The lock needs a socket that listens, so a client may be here before the database is.
    opened ??= lock.then(async () => {
      const made = await open(folder);
      await beforeServing?.(made);
      return made;
    });
    return opened;
  };
  const queue = createSessionQueue(
    {
      answer: async (unit) => answerWith(await database(), folder, unit),
      rollback: async () => void (await (await database()).exec("ROLLBACK")),
    },
    { maxIdleMs, onBroken },
  );
  if (process.platform !== "win32") await rm(socket, { force: true });
  const server = await listenOn(socket, queue);
  const lock = lockFolder(folder, socket);
  const stopListening = () => new Promise((resolve) => server.close(resolve));
  try {
    await lock;
    await database();
  } catch (error) {
    server.close();
    await lock.then((held) => held.release()).catch(() => {});
    throw error;
  }
  return {
    close: async () => {
      const listening = stopListening();
      await (await database()).close();
      await (await lock).release();
      await listening;
      if (process.platform !== "win32") await rmdir(path.dirname(socket)).catch(() => {});
    },
  };
};
