import type { Database } from "@/server/platform/db/database";

/** One line of waiting callers. */
interface Line {
  last: Promise<unknown>;
}

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightFileLocks?: WeakMap<object, Map<string, Line>> } = globalThis;

/**
 * Lets one caller at a time change what is stored for a workspace, in this process and, on a database that several share, in all of them.
 * Storing and removing the same bytes must not cross: one would take away what the other has just found there.
 */
export const withFileLock = async <T>(database: Database, workspaceId: string, work: () => Promise<T>): Promise<T> => {
  // The embedded database has one process, and one open transaction there would make everybody wait.
  if (database.kind === "embedded") return inLine(database, workspaceId, work);
  // Each holds a connection while its work needs another: a few at once, or they would wait for each other's.
  const place = `connection ${placeOf(workspaceId)}`;
  return inLine(database, place, () => acrossProcesses(database, workspaceId, work));
};

const mostConnections = 4;
const placeOf = (workspaceId: string): number => {
  let sum = 0;
  for (const letter of workspaceId) sum += letter.charCodeAt(0);
  return sum % mostConnections;
};

const inLine = async <T>(database: Database, name: string, work: () => Promise<T>): Promise<T> => {
  shared.pipewrightFileLocks ??= new WeakMap();
  const lines = shared.pipewrightFileLocks.get(database) ?? new Map<string, Line>();
  shared.pipewrightFileLocks.set(database, lines);
  const line = lines.get(name) ?? { last: Promise.resolve() };
  lines.set(name, line);
  const mine = line.last.then(work);
  // Whoever comes next waits for the end of this one, not for its success.
  const ended = mine.catch(() => {});
  line.last = ended;
  try {
    return await mine;
  } finally {
    if (line.last === ended) lines.delete(name);
  }
};

/** Longest time that bytes may take on their way into the store. */
const longestMs = 10 * 60_000;

const acrossProcesses = <T>({ prisma }: Database, workspaceId: string, work: () => Promise<T>): Promise<T> =>
  prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`files:${workspaceId}`}, 0))`;
      return work();
    },
    { timeout: longestMs, maxWait: longestMs },
  );
