import type { Database } from "@/server/platform/db/database";

/** Whether an endpoint of the workspace offers chat under this reference. */
export const servesChat = async ({ prisma }: Database, workspaceId: string, reference: string): Promise<boolean> => {
  const slash = reference.indexOf("/");
  if (slash < 1) return false;
  const found = await prisma.endpointModel.findFirst({
    where: { name: reference.slice(slash + 1), chat: true, endpoint: { workspaceId, slug: reference.slice(0, slash) } },
    select: { id: true },
  });
  return found !== null;
};
