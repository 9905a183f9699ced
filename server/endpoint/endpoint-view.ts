import { runErrors } from "@/runtime/run/errors";
import type { EndpointReplicaView, EndpointView } from "./endpoint.types";
import { modelView } from "./endpoint-row";
import type { LoadedEndpoint } from "./load-endpoints";
import { workspaceModels } from "./process-state";

/** The embedded endpoint is one replica, also while it does not run. */
const notRunning = (endpointId: string): EndpointReplicaView => ({
  id: `${endpointId}-embedded`,
  baseUrl: null,
  weight: 1,
  inFlight: 0,
  health: {
    state: "down",
    latencyMs: null,
    checkedAt: null,
    error: {
      code: "model-unavailable",
      message: "The embedded endpoint is not running.",
      hint: runErrors["model-unavailable"].hint,
    },
    history: [],
  },
});

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
    replicas:
      row.embedded && replicas.length === 0
        ? [notRunning(row.id)]
        : replicas.map(({ id, key, baseUrl, weight }) => {
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
