import { hashJson } from "@/runtime/graph/hash";
import type { Database } from "@/server/platform/db/database";
import type { ServerRow } from "./mcp-connection";

/**
 * Tells apart connections by all that they are made with: the server, the hosts that tools may call, and the credential as it is now. Whoever takes a host or a
 * credential away, or changes a secret, is obeyed by the next call.
 */
export const connectionKey = async (
  { prisma }: Database,
  { id, workspaceId, credential: name, updatedAt }: ServerRow & { readonly updatedAt: Date },
): Promise<string> => {
  const [{ toolHosts }, credential] = await Promise.all([
    prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { toolHosts: true } }),
    name === null
      ? null
      : prisma.credential.findUnique({
          where: { workspaceId_name: { workspaceId, name } },
          select: { id: true, updatedAt: true },
        }),
  ]);
  const version = credential === null ? null : [credential.id, credential.updatedAt.getTime()];
  return hashJson([id, updatedAt.getTime(), toolHosts, version]);
};
