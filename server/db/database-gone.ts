/** PostgreSQL's class for connections, and the codes of a server that ends or has only begun. */
const statements = /^(?:08|57P0)/;
/** Prisma's words for the same. */
const prisma = new Set(["P1001", "P1002", "P1008", "P1017", "P2024"]);
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
/** What the driver says without a code. */
const words =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Unable to start a transaction in the given time)/;

interface Clues {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly kind?: unknown;
  readonly originalCode?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown } | undefined;
  readonly errors?: unknown;
}

const mostLevels = 8;

/** Whether an error says that the database cannot be reached now, and not that it refused something. */
export const isDatabaseGone = (error: unknown, level = 0): boolean => {
  if (typeof error !== "object" || error === null || level > mostLevels) return false;
  const { code, syscall, message, kind, originalCode, cause, meta, errors } = error as Clues;
  if (typeof code === "string") {
    if (sockets.has(code) || prisma.has(code) || statements.test(code)) return true;
    // The socket of the embedded database is a file, and missing while it starts.
    if (code === "ENOENT" && syscall === "connect") return true;
  }
  if (typeof originalCode === "string" && statements.test(originalCode)) return true;
  if (typeof kind === "string" && driverKinds.has(kind)) return true;
  if (typeof message === "string" && words.test(message)) return true;
  if (isDatabaseGone(cause, level + 1) || isDatabaseGone(meta?.driverAdapterError, level + 1)) return true;
  return Array.isArray(errors) && errors.slice(0, mostLevels).some((each) => isDatabaseGone(each, level + 1));
};
