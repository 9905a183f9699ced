import { createHash } from "node:crypto";
import { systemClock } from "@/runtime/model/clock";
import type { OnLearnt } from "@/runtime/model/dialect-memory";
import type { GatewayEndpoint } from "@/runtime/model/gateway";
import { createOpenAiEndpoint, type OpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import type { ExtraFields } from "@/runtime/node/extra-fields";
import { byUse } from "@/runtime/node/model-use";
import { NodeFailure } from "@/runtime/node/node-failure";
import { fetchOf, openConnection, shownProxy } from "./connection";
import { readEmbeddedAddress } from "./embedded-endpoint";
import type { EndpointRow } from "./endpoint-row";
import { readLearning } from "./model-learning";
import { processState, secretBox, workspaceModels } from "./process-state";

export interface LoadedReplica {
  readonly id: string;
  /** Names its health and breaker: another address or key is another replica. */
  readonly key: string;
  readonly baseUrl: string;
  readonly weight: number;
  readonly endpoint: OpenAiEndpoint;
}

/** A row made ready to be called. Holds the API key inside its closures only. */
export interface LoadedEndpoint {
  readonly row: Omit<EndpointRow, "apiKeyCipher" | "headersCipher" | "proxyCipher">;
  /** Names of the headers sent with each call, and the proxy without its password. */
  readonly shown: { readonly headers: readonly string[]; readonly proxy: string | null };
  readonly hasApiKey: boolean;
  readonly replicas: readonly LoadedReplica[];
  /** What a gateway needs of it. */
  readonly config: GatewayEndpoint;
}

/** Binds a key to its row: copied into another it does not open. */
export const keyPlace = (endpointId: string): string => `model-endpoint:${endpointId}`;

/** undefined where a key is stored that does not open. */
const openKey = (row: EndpointRow): string | null | undefined =>
  row.apiKeyCipher === null ? null : (secretBox().open(row.apiKeyCipher, keyPlace(row.id)) ?? undefined);

/** `onLearnt`: told of what the endpoint learns of its models. */
export const loadEndpoint = (row: EndpointRow, onLearnt?: OnLearnt): LoadedEndpoint => {
  const { apiKeyCipher, headersCipher, proxyCipher, ...rest } = row;
  const { trustedFetch, fetchPublic } = processState();
  const connection = openConnection(row);
  const embedded = row.embedded ? readEmbeddedAddress() : null;
  const apiKey = row.embedded ? (embedded?.apiKey ?? null) : openKey(row);
  const schemaModels = row.models.filter(({ jsonSchema }) => jsonSchema).map(({ name }) => name);
  const learnings = Object.fromEntries(row.learnings.map(({ model, learning }) => [model, readLearning(learning)]));
  const addresses = row.embedded
    ? embedded === null
      ? []
      : [{ id: `${row.id}-embedded`, baseUrl: embedded.baseUrl, weight: 1 }]
    : row.replicas;
  const replicas = addresses.map(({ id, baseUrl, weight }): LoadedReplica => {
    const key = createHash("sha256")
      .update(`${id}\n${baseUrl}\n${apiKeyCipher}\n${headersCipher}\n${row.caCertificate}\n${proxyCipher}`)
      .digest("base64url");
    const config = {
      id: row.slug,
      name: row.name,
      baseUrl,
      timeoutMs: row.timeoutMs,
      schemaModels,
      learnings,
      extraFields: row.extraFields as ExtraFields,
    };
    return {
      id,
      key,
      baseUrl,
      weight,
      endpoint:
        apiKey === undefined || connection === undefined
          ? unreadableKey(row)
          : createOpenAiEndpoint(
              { ...config, apiKey, keyHeader: connection.keyHeader, headers: connection.headers },
              {
                fetch: row.embedded ? trustedFetch : fetchOf(connection),
                fetchPublic,
                clock: systemClock,
                ...(onLearnt === undefined ? {} : { onLearnt }),
                onAllowances: (model, allowances) =>
                  workspaceModels(row.workspaceId).state.replica(key).model(model).pace.heard(allowances),
              },
            ),
    };
  });
  return {
    row: rest,
    hasApiKey: apiKeyCipher !== null,
    shown: { headers: Object.keys(connection?.headers ?? {}), proxy: shownProxy(connection?.proxy ?? null) },
    replicas,
    config: {
      key: row.id,
      slug: row.slug,
      name: row.name,
      replicas: replicas.map(({ key, weight, endpoint }) => ({ key, weight, endpoint })),
      models: row.models.map((model) => ({
        name: model.name,
        ...byUse((use) => model[use]),
        maxConcurrency: model.maxConcurrency,
        inputMicroUsdPerM: numberOrNull(model.inputMicroUsdPerM),
        outputMicroUsdPerM: numberOrNull(model.outputMicroUsdPerM),
        cachedInputMicroUsdPerM: numberOrNull(model.cachedInputMicroUsdPerM),
      })),
      limits: {
        maxConcurrency: row.maxConcurrency,
        maxQueue: Math.max(100, row.maxConcurrency * 20),
        maxWaitMs: row.timeoutMs,
      },
    },
  };
};

const numberOrNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** A key that no longer opens (another PIPEWRIGHT_SECRET_KEY) must not turn into calls without one. */
const unreadableKey = ({ slug, name }: EndpointRow): OpenAiEndpoint => {
  const failure = new NodeFailure(
    "model-unauthorized",
    `The stored API key of the endpoint "${name}" cannot be read.`,
    {
      hint: "Enter the key again on the models page. It was stored under another PIPEWRIGHT_SECRET_KEY.",
    },
  );
  const reject = () => Promise.reject(failure);
  return {
    id: slug,
    // biome-ignore lint/correctness/useYield: it fails before the first part.
    async *chat() {
      throw failure;
    },
    complete: reject,
    embed: reject,
    moderate: reject,
    transcribe: reject,
    rerank: reject,
    draw: reject,
    speak: reject,
    models: reject,
    describeModels: reject,
    probe: reject,
  };
};
