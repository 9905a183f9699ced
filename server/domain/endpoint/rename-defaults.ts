import { defaultsOf } from "@/server/domain/endpoint/default-fields";
import type { Database } from "@/server/platform/db/database";

/** Keeps the workspace's default models pointing at an endpoint whose slug changes; `null` where it goes. */
export const renameDefaults = async (
  prisma: Pick<Database["prisma"], "workspace">,
  workspaceId: string,
  from: string,
  to: string | null,
): Promise<void> => {
  const workspace = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const renamed = (reference: string | null) =>
    reference?.startsWith(`${from}/`) === true
      ? to === null
        ? null
        : `${to}${reference.slice(from.length)}`
      : reference;
  await prisma.workspace.update({
    where: { id: workspaceId },
    data: Object.fromEntries(Object.entries(defaultsOf(workspace)).map(([field, value]) => [field, renamed(value)])),
  });
};
