import type { ReplicaState } from "@/runtime/model/gateway-state";
import type { DialectField } from "@/runtime/model/openai-dialect";
import type { ExtraFields } from "@/runtime/node/extra-fields";
import { runErrors } from "@/runtime/run/errors";
import type { KeyHeader } from "./connection.types";
import {
  type EndpointReplicaView,
  type EndpointView,
  endpointLimits,
  type ModelLearningView,
  type ModelTroubleView,
} from "./endpoint.types";
import { modelView } from "./endpoint-row";
import type { LoadedEndpoint } from "./load-endpoints";
import { readLearning } from "./model-learning";
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

const learningView = ({
  model,
  learning,
  updatedAt,
}: LoadedEndpoint["row"]["learnings"][number]): ModelLearningView[] => {
  const { dialect, said } = readLearning(learning);
  const learnt = Object.entries(dialect).map(([name, value]) => {
    const field = name as DialectField;
    return { field, value: sayValue(value), said: said[field] ?? "" };
  });
  return learnt.length === 0 ? [] : [{ model, learnt, updatedAt }];
};

const sayValue = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const { least, most } = value as { readonly least: number; readonly most: number };
  return least === most ? String(least) : `${least}–${most}`;
};

/** What the screens see of an endpoint: its row without the key, and what this process knows of its replicas. */
export const endpointView = (
  workspaceId: string,
  { row, hasApiKey, shown, replicas, config }: LoadedEndpoint,
): EndpointView => {
  const { state } = workspaceModels(workspaceId);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    embedded: row.embedded,
    enabled: row.enabled,
    hasApiKey,
    keyHeader: row.keyHeader as KeyHeader,
    headers: shown.headers,
    caCertificate: row.caCertificate,
    proxy: shown.proxy,
    extraFields: row.extraFields as ExtraFields,
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
    learnings: row.learnings.flatMap(learningView),
    troubles: troublesOf(
      replicas.map(({ key }) => state.replica(key)),
      state.clock.now(),
    ),
    updatedAt: row.updatedAt,
  };
};

/** Of each model the newest trouble at any replica. */
const troublesOf = (replicas: readonly ReplicaState[], now: number): readonly ModelTroubleView[] => {
  const byModel = new Map<string, ModelTroubleView>();
  for (const { name, state } of replicas.flatMap(({ troubled }) => troubled)) {
    const { trouble } = state;
    if (trouble === null || (byModel.get(name)?.at.getTime() ?? 0) >= trouble.at) continue;
    const { code, message, hint } = trouble.error;
    const restsMs = Math.max(state.breaker.waitMs, state.pace.closedMs);
    byModel.set(name, {
      model: name,
      error: { code, message, ...(hint === undefined ? {} : { hint }) },
      at: new Date(trouble.at),
      restsUntil: restsMs > 0 ? new Date(now + restsMs) : null,
    });
  }
  return [...byModel.values()].toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, endpointLimits.troubles);
};
