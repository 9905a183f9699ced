import type { EndpointView } from "./endpoint.types";
import { modelView } from "./endpoint-row";
import type { LoadedEndpoint } from "./load-endpoints";
import { workspaceModels } from "./process-state";

/** What the screens see of an endpoint: its row without the key, and what this process knows of its replicas. */
export const endpointView = (
  workspaceId: string,
  { row, hasApiKey, replicas, config }: LoadedEndpoint,
): EndpointView => {
  const { state } = workspaceModels(workspaceId);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    embedded: row.embedded,
    enabled: row.enabled,
    hasApiKey,
    maxConcurrency: row.maxConcurrency,
    timeoutMs: row.timeoutMs,
    queued: state.limiter(config.key, config.limits).queued,
    replicas: replicas.map(({ id, key, baseUrl, weight }) => {
      const { health, load } = state.replica(key);
      const { checkedAt, history, ...view } = health.view;
      return {
        id,
        baseUrl,
        weight,
        inFlight: load.inFlight,
        health: {
          ...view,
          checkedAt: checkedAt === null ? null : new Date(checkedAt),
          history: history.map(({ at, ...entry }) => ({ at: new Date(at), ...entry })),
        },
      };
    }),
    models: row.models.map(modelView),
    updatedAt: row.updatedAt,
  };
};
