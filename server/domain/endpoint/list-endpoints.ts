import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { endpointView } from "./endpoint-view";
import { lookAfter } from "./look-after-endpoints";
import { loadWorkspace } from "./workspace-gateway";

/** How long a first look waits for news, so that a page does not open on "unknown". */
const firstLookMs = 1_200;

export const listEndpoints = viewerProcedure.query(async ({ ctx }) => {
  const { database, workspaceId } = ctx;
  const before = await loadWorkspace(database, workspaceId);
  const looking = lookAfter(database, workspaceId, before.endpoints);
  const views = () => before.endpoints.map((endpoint) => endpointView(workspaceId, endpoint));
  const isNew = views().some(
    ({ enabled, replicas }) => enabled && replicas.some(({ health }) => health.state === "unknown"),
  );
  if (isNew) await Promise.race([looking, new Promise((resolve) => setTimeout(resolve, firstLookMs))]);
  const { endpoints } = await loadWorkspace(database, workspaceId);
  return endpoints.map((endpoint) => endpointView(workspaceId, endpoint));
});
