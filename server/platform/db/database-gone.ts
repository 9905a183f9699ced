/** PostgreSQL's class for connections, and the codes of a server that ends or has only begun. */
const statements = /^(?:08|57P0)/;
/** Prisma's words for the same. */
const prismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024"]);
const driverKinds = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "ConnectionReset"]);
const sockets = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
]);
/** What the driver says without a code; the socket of the embedded database is a file, and missing while it starts. */
const words = [
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/,
  /^Unable to start a transaction in the given time/,
  /\bconnect (?:ENOENT|ECONNREFUSED|ETIMEDOUT) /,
];
/** Words that only the PostgreSQL driver says; in a transaction they come through Prisma as they are. */
const driverWords =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
const longestMessage = 500;
const mostLevels = 8;

interface Clues {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly kind?: unknown;
  readonly originalCode?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown } | undefined;
}

const isText = (value: unknown): value is string => typeof value === "string";
const saysSo = (message: unknown): boolean =>
  isText(message) && words.some((each) => each.test(message.slice(-longestMessage)));

/** Errors of the bare driver look like those of any other connection, so they are known by where they came from. */
const ofDriver = new WeakSet<object>();

/** Called by whoever speaks to the database: gives the error back, and remembers it where the connection is to blame. */
export const asDatabaseError = (error: unknown): unknown => {
  if (typeof error !== "object" || error === null) return error;
  const { code, message } = error as Clues;
  const isConnection = isText(code) && (sockets.has(code) || statements.test(code));
  if (isConnection || saysSo(message)) ofDriver.add(error);
  return error;
};

/** Whether an error says that the database cannot be reached now, and not that it refused something. */
export const isDatabaseGone = (error: unknown, level = 0): boolean => {
  if (typeof error !== "object" || error === null || level > mostLevels) return false;
  if (ofDriver.has(error)) return true;
  const { name, code, message, kind, originalCode, cause, meta } = error as Clues;
  if (isText(name) && name.startsWith("PrismaClient")) {
    if ((isText(code) && prismaCodes.has(code)) || saysSo(message)) return true;
  }
  if (name === "Error" && isText(message) && driverWords.test(message)) return true;
  if (isText(originalCode) && statements.test(originalCode)) return true;
  if (isText(kind) && driverKinds.has(kind)) return true;
  return isDatabaseGone(cause, level + 1) || isDatabaseGone(meta?.driverAdapterError, level + 1);
};
