import { type Database, type DatabaseAddress, openDatabase } from "./open-database";

export type { Database } from "./open-database";

type Environment = Readonly<Record<string, string | undefined>>;

/** DATABASE_URL names a PostgreSQL server; otherwise PIPEWRIGHT_DATABASE_SOCKET is where `npm start` runs the embedded one. */
export const databaseAddress = (environment: Environment = process.env): DatabaseAddress => {
  const url = environment.DATABASE_URL?.trim();
  if (url) return { kind: "server", url };
  const socket = environment.PIPEWRIGHT_DATABASE_SOCKET?.trim();
  if (socket) return { kind: "embedded", socket };
  throw new Error("There is no database. Start with `npm start` or `npm run dev`, or set DATABASE_URL.");
};

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightDatabase?: Promise<Database> } = globalThis;

/** The app's database, opened and migrated by the first call. A failed attempt is forgotten, so that the next one tries again. */
export const getDatabase = (): Promise<Database> => {
  shared.pipewrightDatabase ??= openDatabase(databaseAddress()).catch((error: unknown) => {
    delete shared.pipewrightDatabase;
    throw error;
  });
  return shared.pipewrightDatabase;
};
