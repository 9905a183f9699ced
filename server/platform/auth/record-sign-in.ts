import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { requestOrigin } from "@/server/platform/guard/client-address";
import { identify } from "./identify";

/** Writes down who came in and how, read from the cookies that were just given out. */
export const recordSignIn = async (
  database: Database,
  from: Headers,
  cookies: readonly string[],
  by: "link" | "password" | "password and code" | "password and recovery code",
): Promise<void> => {
  const headers = new Headers(from);
  headers.set("cookie", cookies.map((line) => line.split(";", 1)[0]).join("; "));
  const member = await identify(database, headers);
  if (member === null) return;
  await recordAudit(database, { member, action: "account.sign-in", subject: `user:${member.userId}`, data: { by } });
};

/** Writes down that somebody was made to wait who guesses the password of an account that there is. */
export const recordGuesses = async (database: Database, from: Headers, email: string): Promise<void> => {
  const user = await database.prisma.user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true, memberships: { orderBy: { createdAt: "asc" }, take: 1, select: { workspaceId: true } } },
  });
  const workspaceId = user?.memberships[0]?.workspaceId;
  if (user === null || workspaceId === undefined) return;
  const member = { userId: null, workspaceId, from: requestOrigin(from) };
  await recordAudit(database, { member, action: "account.guessed", subject: `user:${user.id}` });
};
