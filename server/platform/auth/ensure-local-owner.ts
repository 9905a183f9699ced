import type { Database } from "@/server/platform/db/database";

/** Who the printed link signs in. The address is a name, nothing is ever sent to it; it can be changed in the settings. */
export const localOwner = { email: "owner@pipewright.local", name: "Owner", workspace: "Workspace" } as const;

export interface LocalOwner {
  readonly userId: string;
  readonly workspaceId: string;
  readonly email: string;
}

/** The first owner of the first workspace, made on the first start together with that workspace. */
export const ensureLocalOwner = ({ prisma }: Database): Promise<LocalOwner> =>
  prisma.$transaction(async (transaction) => {
    const first = await transaction.membership.findFirst({
      where: { role: "owner" },
      orderBy: { createdAt: "asc" },
      include: { user: { select: { email: true } } },
    });
    if (first !== null) return { userId: first.userId, workspaceId: first.workspaceId, email: first.user.email };
    const { email, name, workspace } = localOwner;
    const user = await transaction.user.upsert({
      where: { email },
      create: { email, name, emailVerified: true },
      update: {},
    });
    const created = await transaction.workspace.create({
      data: { name: workspace, memberships: { create: { userId: user.id, role: "owner" } } },
    });
    return { userId: user.id, workspaceId: created.id, email };
  });
