import { viewerProcedure } from "@/server/platform/trpc/procedures";
import type { ModelOptions } from "./endpoint.types";
import { modelView } from "./endpoint-row";
import { knowledgeDefault } from "./knowledge-default";
import { workspaceModels } from "./process-state";
import { loadWorkspace, resolveDefaults } from "./workspace-gateway";

/** Every model that a step can name, and what `default` stands for. Asks no server. */
export const listModels = viewerProcedure.query(async ({ ctx }): Promise<ModelOptions> => {
  const { database, workspaceId } = ctx;
  const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const { endpoints } = await loadWorkspace(database, workspaceId);
  const { state } = workspaceModels(workspaceId);
  return {
    defaults: resolveDefaults(workspace, endpoints),
    knowledgeDefault: knowledgeDefault(workspace, endpoints),
    models: endpoints.flatMap(({ row, replicas }) => {
      const isDown = replicas.every(({ key }) => state.replica(key).health.state === "down");
      const endpoint = { id: row.id, slug: row.slug, name: row.name, embedded: row.embedded };
      return row.models.map((model) => {
        const { inputUsdPerM, outputUsdPerM, cachedInputUsdPerM: _, maxConcurrency: __, ...view } = modelView(model);
        return {
          ...view,
          ref: `${row.slug}/${model.name}`,
          endpoint,
          available: row.enabled && replicas.length > 0 && !isDown,
          price: { inputUsdPerM, outputUsdPerM },
        };
      });
    }),
  };
});
