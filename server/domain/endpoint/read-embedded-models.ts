import type { Database } from "@/server/platform/db/database";
import type { EndpointModelInput } from "./endpoint.types";
import { findEndpoints, modelColumns, modelView } from "./endpoint-row";
import { loadEndpoint } from "./load-endpoints";
import { guessModel } from "./model-guess";
import { processState } from "./process-state";

const readEveryMs = 30_000;
/** One that did not answer may only just be starting. */
const askAgainAfterMs = 5_000;
const timeoutMs = 3_000;

/**
 * The embedded endpoint says itself what it serves: weights may be missing, users add their own, and a new version of the app brings
 * models that the rows of an older workspace do not name. Writes down what has changed and says whether anything had. Never rejects.
 */
export const readEmbeddedModels = async (database: Database, workspaceId: string): Promise<boolean> => {
  const { embeddedModelsReadAt } = processState();
  const last = embeddedModelsReadAt.get(workspaceId);
  if (last !== undefined && Date.now() - last < readEveryMs) return false;
  embeddedModelsReadAt.set(workspaceId, Date.now());
  const row = (await findEndpoints(database, workspaceId)).find(({ embedded, enabled }) => embedded && enabled);
  const endpoint = row === undefined ? undefined : loadEndpoint(row).replicas[0]?.endpoint;
  if (row === undefined || endpoint === undefined) return false;
  const described = await endpoint.describeModels({ signal: AbortSignal.timeout(timeoutMs) }).catch(() => null);
  if (described === null) {
    embeddedModelsReadAt.set(workspaceId, Date.now() - readEveryMs + askAgainAfterMs);
    return false;
  }
  const served = described.models
    // The parts of `local-embed`, each for one language, would only crowd the list.
    .filter(({ name }) => !/^local-embed-/.test(name))
    .map((model): EndpointModelInput => ({ ...guessModel(model), inputUsdPerM: 0, outputUsdPerM: 0 }));
  const known = new Map(row.models.map((model) => [model.name, modelView(model)]));
  const gone = row.models.filter(({ name }) => !served.some((model) => model.name === name));
  const changed = served.filter((model) => {
    const before = known.get(model.name);
    return before !== undefined && JSON.stringify(merged(before, model)) !== JSON.stringify(before);
  });
  const added = served.filter(({ name }) => !known.has(name));
  if (added.length + gone.length + changed.length === 0) return false;
  const { prisma } = database;
  return prisma
    .$transaction([
      prisma.endpointModel.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } }),
      prisma.endpointModel.createMany({
        data: added.map((model) => ({ ...modelColumns(model), endpointId: row.id })),
        skipDuplicates: true,
      }),
      ...changed.map(({ name, ...model }) =>
        prisma.endpointModel.updateMany({
          where: { endpointId: row.id, name },
          data: modelColumns(merged(known.get(name) ?? { name, ...model }, { name, ...model })),
        }),
      ),
      prisma.modelEndpoint.update({ where: { id: row.id }, data: { updatedAt: new Date() } }),
    ])
    .then(() => true)
    .catch((error: unknown) => {
      console.warn("The models of the embedded endpoint could not be written down:", error);
      return false;
    });
};

/** A length that was known once stays: a model that is not loaded does not say how long it reads. */
const merged = (before: EndpointModelInput, now: EndpointModelInput): EndpointModelInput => ({
  ...before,
  ...now,
  maxConcurrency: before.maxConcurrency,
  contextTokens: now.contextTokens ?? before.contextTokens,
});
