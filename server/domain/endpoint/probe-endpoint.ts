import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { probeEndpointInput } from "./endpoint.types";
import { endpointView } from "./endpoint-view";
import { probeTimeoutMs } from "./look-after-endpoints";
import { workspaceModels } from "./process-state";
import { loadWorkspace } from "./workspace-gateway";

/** Asks every replica of one endpoint how it is, now. */
export const probeEndpoint = editorProcedure.input(probeEndpointInput).mutation(async ({ ctx, input }) => {
  const { endpoints } = await loadWorkspace(ctx.database, ctx.workspaceId);
  const loaded = endpoints.find(({ row }) => row.id === input.id);
  if (loaded === undefined) throw notFound("endpoint");
  const { state } = workspaceModels(ctx.workspaceId);
  await Promise.all(
    loaded.replicas.map(({ key, endpoint }) => state.replica(key).health.probe(endpoint, probeTimeoutMs)),
  );
  return endpointView(ctx.workspaceId, loaded);
});
