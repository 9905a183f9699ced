import type { Database } from "@/server/platform/db/database";
import type { LoadedEndpoint } from "./load-endpoints";
import { workspaceModels } from "./process-state";
import { readEmbeddedModels } from "./read-embedded-models";
import { endpointsChanged } from "./workspace-gateway";

/** News older than this is asked for again when somebody looks. */
const freshForMs = 8_000;
export const probeTimeoutMs = 5_000;

/**
 * Asks the replicas how they are. Only runs while somebody looks at the models, so an installation that nobody uses makes no
 * request. Never rejects.
 */
export const lookAfter = async (
  database: Database,
  workspaceId: string,
  endpoints: readonly LoadedEndpoint[],
  maxAgeMs = freshForMs,
): Promise<void> => {
  const { state } = workspaceModels(workspaceId);
  await Promise.all(
    endpoints
      .filter(({ row }) => row.enabled)
      .flatMap((endpoint) =>
        endpoint.replicas.map(async (replica) => {
          const { health } = state.replica(replica.key);
          await health.probeIfOlder(replica.endpoint, maxAgeMs, probeTimeoutMs);
          if (!endpoint.row.embedded || health.state !== "up") return;
          if (await readEmbeddedModels(database, workspaceId)) await endpointsChanged(workspaceId);
        }),
      ),
  );
};
