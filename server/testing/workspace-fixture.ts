import { appRouter } from "@/server/api/trpc/root";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import type { Role } from "@/server/platform/guard/role";
import { createCallerFactory } from "@/server/platform/trpc/procedures";

let people = 0;

/** For tests: a person with a role and a session, in a workspace of their own or in the named one. */
export const addMember = async ({ prisma }: Database, role: Role, workspaceId?: string): Promise<Member> => {
  people += 1;
  const workspace = workspaceId ?? (await prisma.workspace.create({ data: { name: `Workspace ${people}` } })).id;
  const user = await prisma.user.create({
    data: {
      name: `Person ${people}`,
      email: `person-${people}@example.com`,
      emailVerified: true,
      memberships: { create: { workspaceId: workspace, role } },
      sessions: { create: { token: `token-${people}`, expiresAt: new Date(Date.now() + 3_600_000) } },
    },
    include: { sessions: true },
  });
  return { userId: user.id, sessionId: user.sessions[0]?.id ?? "", workspaceId: workspace, role };
};

const createCaller = createCallerFactory(appRouter);

/** For tests: the whole API as one member sees it, as if called by a page of the app. */
export const callerOf = (database: Database, member: Member | null, sameOrigin = true) =>
  createCaller({ database, member, sameOrigin });
