import type { Database } from "@/server/platform/db/database";
import type { RequestOrigin } from "@/server/platform/guard/client-address";

/** The use of a session from the same address is written down at most once in this time. */
const seenGrainMs = 60_000;
const mostSessions = 10_000;

const seen = new WeakMap<object, Map<string, { readonly at: number; readonly address: string | null }>>();

/** Not waited for: nothing that is asked depends on it. */
export const noteSeen = (
  { prisma }: Pick<Database, "prisma">,
  sessionId: string,
  { address }: RequestOrigin,
  now: number = Date.now(),
): void => {
  let times = seen.get(prisma);
  if (times === undefined) {
    times = new Map();
    seen.set(prisma, times);
  }
  const last = times.get(sessionId);
  if (last !== undefined && now - last.at < seenGrainMs && last.address === address) return;
  if (times.size >= mostSessions) times.clear();
  times.set(sessionId, { at: now, address });
  const data = { lastSeenAt: new Date(now), ...(address !== null && { ipAddress: address }) };
  prisma.session
    .updateMany({ where: { id: sessionId }, data })
    .catch((error: unknown) => console.error("the use of a session could not be written down:", error));
};
