import type { LoadedEndpoint } from "./load-endpoints";
import { resolveDefaults } from "./workspace-gateway";

const acrossLanguages = "multilingual-e5-small";

/**
 * What `default` stands for in a knowledge base: the workspace's choice; else the embedded model that finds across languages, where it is
 * here; else what `default` stands for elsewhere. Steps that compare texts of one language keep the latter, which their limits were found with.
 */
export const knowledgeDefault = (
  workspace: Parameters<typeof resolveDefaults>[0],
  endpoints: readonly LoadedEndpoint[],
): string | null => {
  if (workspace.defaultEmbeddingModel !== null) return workspace.defaultEmbeddingModel;
  const embedded = endpoints.find(({ row }) => row.embedded && row.enabled)?.row;
  const found = embedded?.models.find(({ name, embedding }) => embedding && name === acrossLanguages);
  return embedded && found ? `${embedded.slug}/${found.name}` : resolveDefaults(workspace, endpoints).embedding;
};
