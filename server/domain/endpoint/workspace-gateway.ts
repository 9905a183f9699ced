import { systemClock } from "@/runtime/model/clock";
import type { CallOptions, GatewayOptions, ModelGateway } from "@/runtime/model/endpoint";
import { createGateway } from "@/runtime/model/gateway";
import { callWhole, wholeCalls } from "@/runtime/model/whole-calls";
import { byUse, type ModelUse } from "@/runtime/node/model-use";
import { type DefaultField, defaultFields } from "@/server/domain/endpoint/default-fields";
import type { Database } from "@/server/platform/db/database";
import { tellFront } from "@/server/platform/front-link/front-link";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";
import { ensureEmbeddedEndpoint, shippedNames } from "./embedded-endpoint";
import type { DefaultModels } from "./endpoint.types";
import { findEndpoints } from "./endpoint-row";
import { type LoadedEndpoint, loadEndpoint } from "./load-endpoints";
import { writeLearning } from "./model-learning";
import { type BuiltGateway, workspaceModels } from "./process-state";
import { readEmbeddedModels } from "./read-embedded-models";

/** How long a gateway is used before the database is asked whether another process has changed its endpoints, and while it is asked. */
const trustForMs = 1_000;
const useForMs = 2_000;

/** No model that ships can do these: the first one registered that can is taken for them. */
const neverShipped: ReadonlySet<ModelUse> = new Set(["picture", "speech"]);

/** What `default` stands for: the workspace's choice, else the embedded endpoint's first model that can; null where there is none. */
export const resolveDefaults = (
  workspace: Readonly<Record<DefaultField, string | null>>,
  endpoints: readonly LoadedEndpoint[],
): DefaultModels => {
  const embedded = endpoints.find(({ row }) => row.embedded && row.enabled)?.row;
  const first = (use: ModelUse) => {
    if (neverShipped.has(use)) {
      const rows = endpoints.flatMap(({ row }) => (row.enabled ? [row] : []));
      const [reference] = rows.flatMap(({ slug, models }) =>
        models.flatMap((model) => (model[use] ? [`${slug}/${model.name}`] : [])),
      );
      return reference ?? null;
    }
    const able = embedded?.models.filter((candidate) => candidate[use]) ?? [];
    // Weights that a user has put beside the shipped ones are chosen by hand.
    const model = shippedNames.flatMap((name) => able.find((candidate) => candidate.name === name) ?? [])[0] ?? able[0];
    return model === undefined || embedded === undefined ? null : `${embedded.slug}/${model.name}`;
  };
  return byUse((use) => workspace[defaultFields[use]] ?? first(use));
};

const everyDefault = Object.fromEntries(Object.values(defaultFields).map((field) => [field, true])) as Record<
  DefaultField,
  true
>;

/** Changes whenever a gateway built before would no longer be right. */
const readVersion = async ({ prisma }: Database, workspaceId: string): Promise<string> => {
  const [workspace, endpoints] = await Promise.all([
    prisma.workspace.findUniqueOrThrow({
      where: { id: workspaceId },
      select: everyDefault,
    }),
    prisma.modelEndpoint.findMany({
      where: { workspaceId },
      select: { id: true, updatedAt: true },
      orderBy: { id: "asc" },
    }),
  ]);
  return JSON.stringify([workspace, endpoints]);
};

const build = async (database: Database, workspaceId: string): Promise<BuiltGateway> => {
  await ensureEmbeddedEndpoint(database, workspaceId);
  await readEmbeddedModels(database, workspaceId);
  const version = await readVersion(database, workspaceId);
  const { state, built } = workspaceModels(workspaceId);
  if (built !== null && built.version === version) {
    built.checkedAt = systemClock.now();
    return built;
  }
  const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const endpoints = (await findEndpoints(database, workspaceId)).map((row) =>
    loadEndpoint(
      row,
      writeLearning(database, row.id, () => void endpointsChanged(workspaceId)),
    ),
  );
  state.retain(
    new Set(endpoints.map(({ config }) => config.key)),
    new Set(endpoints.flatMap(({ replicas }) => replicas.map(({ key }) => key))),
  );
  const gateway = createGateway({
    endpoints: endpoints.filter(({ row }) => row.enabled).map(({ config }) => config),
    defaults: resolveDefaults(workspace, endpoints),
    state,
    random: Math.random,
  });
  return { gateway, endpoints, version, checkedAt: systemClock.now() };
};

/** What `loadWorkspace` would give without asking anybody; null where it would have to ask. */
const freshWorkspace = (workspaceId: string): BuiltGateway | null => {
  const { built } = workspaceModels(workspaceId);
  return built !== null && systemClock.now() - built.checkedAt < trustForMs ? built : null;
};

/** The workspace's endpoints, ready to be called, as the database has them (give or take `useForMs` where another process wrote). */
export const loadWorkspace = async (database: Database, workspaceId: string): Promise<BuiltGateway> => {
  const models = workspaceModels(workspaceId);
  const { built } = models;
  const age = built === null ? Number.POSITIVE_INFINITY : systemClock.now() - built.checkedAt;
  if (built !== null && age < trustForMs) return built;
  /** Behind the call, where what is known is young enough. */
  const known = built !== null && age < useForMs ? built : null;
  if (models.building !== null) return known ?? models.building;
  const { generation } = models;
  const building = build(database, workspaceId)
    .then((fresh) => {
      if (models.generation === generation) models.built = fresh;
      return fresh;
    })
    .finally(() => {
      if (models.building === building) models.building = null;
    });
  models.building = building;
  if (known === null) return building;
  building.catch((error: unknown) => console.error("the endpoints could not be looked up and are again:", error));
  return known;
};

/** Called, and waited for, after every change of endpoints or defaults in this process. Places, breakers and health are kept. */
export const endpointsChanged = (workspaceId: string): Promise<void> => {
  const models = workspaceModels(workspaceId);
  models.generation += 1;
  models.building = null;
  models.built = null;
  return tellFront({ type: "endpoints-changed", workspaceId });
};

/**
 * The gateway that a run of this workspace calls. It may be kept: each call goes by the endpoints as they are then, so a key that was
 * replaced or an endpoint that was switched off counts at once, in runs under way too. `holder` names the API key whose calls they are.
 */
export const workspaceGateway = (database: Database, workspaceId: string, holder?: string): ModelGateway => ({
  async *chat(request, options) {
    const { gateway } = await interruptedByOutage(() => loadWorkspace(database, workspaceId));
    yield* gateway.chat(request, heldBy(options, holder));
  },
  complete: async (request, options) => {
    const { gateway } =
      freshWorkspace(workspaceId) ?? (await interruptedByOutage(() => loadWorkspace(database, workspaceId)));
    return gateway.complete(request, heldBy(options, holder));
  },
  ...wholeCalls<GatewayOptions>((operation) => async (request, options) => {
    const { gateway } = await interruptedByOutage(() => loadWorkspace(database, workspaceId));
    return callWhole(gateway, operation, request, heldBy(options, holder));
  }),
});

const heldBy = <Options extends CallOptions>(options: Options, holder: string | undefined): Options =>
  holder === undefined ? options : { ...options, holder };
