import { knowledgeDefault } from "@/server/domain/endpoint/knowledge-default";
import { loadWorkspace } from "@/server/domain/endpoint/workspace-gateway";
import type { Database } from "@/server/platform/db/database";

/** The model that a base's setting stands for now, as `<endpoint slug>/<model name>`; null where it is `default` and there is none. */
export const resolveEmbeddingModel = async (
  database: Database,
  workspaceId: string,
  reference: string,
): Promise<string | null> => {
  if (reference !== "default") return reference;
  const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const { endpoints } = await loadWorkspace(database, workspaceId);
  return knowledgeDefault(workspace, endpoints);
};
