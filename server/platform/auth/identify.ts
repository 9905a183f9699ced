import type { Database } from "@/server/platform/db/database";
import { requestOrigin } from "@/server/platform/guard/client-address";
import type { Member } from "@/server/platform/guard/member";
import { getAuth } from "./get-auth";
import { noteSeen } from "./note-seen";

/**
 * Session -> membership -> workspace, or null for a stranger. A renewed cookie is appended to `responseHeaders`. Somebody
 * with several workspaces works in the one they joined first.
 */
export const identify = async (
  database: Database,
  headers: Headers,
  responseHeaders?: Headers,
): Promise<Member | null> => {
  if (!headers.has("cookie")) return null;
  const auth = getAuth(database);
  const { response, headers: renewed } = await auth.api
    .getSession({ headers, returnHeaders: true })
    .catch(async (error: unknown) => {
      // The library hides why it could not read the session; where the database is away, this says so.
      await database.query("SELECT 1");
      throw error;
    });
  if (response === null) return null;
  for (const cookie of renewed.getSetCookie()) responseHeaders?.append("set-cookie", cookie);
  const membership = await database.prisma.membership.findFirst({
    where: { userId: response.user.id },
    orderBy: { createdAt: "asc" },
  });
  if (membership === null) return null;
  const from = requestOrigin(headers);
  noteSeen(database, response.session.id, from);
  return {
    userId: response.user.id,
    sessionId: response.session.id,
    workspaceId: membership.workspaceId,
    role: membership.role,
    from,
  };
};
