import type { Database } from "@/server/db";
import { modelColumns } from "./endpoint-row";
import type { LoadedEndpoint } from "./load-endpoints";
import { guessModel } from "./model-guess";
import { processState, workspaceModels } from "./process-state";
import { endpointsChanged } from "./workspace-gateway";

/** News older than this is asked for again when somebody looks. */
const freshForMs = 8_000;
export const probeTimeoutMs = 5_000;
const readModelsEveryMs = 30_000;

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
          if (endpoint.row.embedded && health.state === "up") await readEmbeddedModels(database, workspaceId, endpoint);
        }),
      ),
  );
};

/** The embedded endpoint says itself what it serves: weights may be missing, and users add their own. */
const readEmbeddedModels = async (
  database: Database,
  workspaceId: string,
  { row, replicas: [replica] }: LoadedEndpoint,
): Promise<void> => {
  const { embeddedModelsReadAt } = processState();
  const last = embeddedModelsReadAt.get(row.id);
  if (replica === undefined || (last !== undefined && Date.now() - last < readModelsEveryMs)) return;
  embeddedModelsReadAt.set(row.id, Date.now());
  const described = await replica.endpoint
    .describeModels({ signal: AbortSignal.timeout(probeTimeoutMs) })
    .catch(() => null);
  if (described === null) return;
  const served = described
    // The parts of `local-embed`, each for one language, would only crowd the list.
    .filter(({ name }) => !/^local-embed-/.test(name))
    .map((model) => ({ ...guessModel(model), inputUsdPerM: 0, outputUsdPerM: 0 }));
  const known = new Map(row.models.map((model) => [model.name, model]));
  const added = served.filter(({ name }) => !known.has(name));
  const gone = row.models.filter(({ name }) => !served.some((model) => model.name === name));
  const grown = served.filter(
    ({ name, contextTokens }) =>
      contextTokens !== null && known.has(name) && known.get(name)?.contextTokens !== contextTokens,
  );
  if (added.length === 0 && gone.length === 0 && grown.length === 0) return;
  const { prisma } = database;
  await prisma
    .$transaction([
      prisma.endpointModel.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } }),
      prisma.endpointModel.createMany({
        data: added.map((model) => ({ ...modelColumns(model), endpointId: row.id })),
        skipDuplicates: true,
      }),
      ...grown.map(({ name, contextTokens }) =>
        prisma.endpointModel.updateMany({ where: { endpointId: row.id, name }, data: { contextTokens } }),
      ),
      prisma.modelEndpoint.update({ where: { id: row.id }, data: { updatedAt: new Date() } }),
    ])
    .catch((error: unknown) => console.warn("The models of the embedded endpoint could not be written down:", error));
  endpointsChanged(workspaceId);
};
