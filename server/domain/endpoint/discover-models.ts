import { splitBaseUrl } from "@/runtime/model/base-url";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { checkedBaseUrl, checkProxy, fieldError, mergeHeaders, usualKeyHeader } from "./check-endpoint";
import { type Connection, fetchOf, openConnection } from "./connection";
import {
  type DiscoverModelsInput,
  type DiscoverModelsOutput,
  discoverModelsInput,
  endpointLimits,
} from "./endpoint.types";
import { endpointError } from "./endpoint-error";
import { findEndpoint } from "./endpoint-row";
import { keyPlace } from "./load-endpoints";
import { guessModel } from "./model-guess";
import { secretBox } from "./process-state";

const discoverTimeoutMs = 10_000;

/**
 * Asks an address for its models. A changing call, though it stores nothing: it makes the server call out, so it needs a request
 * of our own page.
 */
export const discoverModels = editorProcedure
  .input(discoverModelsInput)
  .mutation(async ({ ctx, input, signal }): Promise<DiscoverModelsOutput> => {
    const typed = checkedBaseUrl(input.baseUrl, "baseUrl");
    checkProxy(input.proxy);
    const { apiKey, ...connection } = await connectionFor(ctx, input, typed);
    const call = signal ?? new AbortController().signal;
    const host = new URL(typed).host;
    const { address, query } = splitBaseUrl(typed);
    const ask = async (baseUrl: string): Promise<DiscoverModelsOutput> => {
      const startedAt = performance.now();
      const endpoint = createOpenAiEndpoint(
        { id: "discover", name: host, baseUrl, apiKey, timeoutMs: discoverTimeoutMs, ...connection },
        { fetch: fetchOf(connection), clock: systemClock },
      );
      const described = await endpoint.describeModels({ signal: call });
      return {
        ok: true,
        baseUrl,
        latencyMs: Math.round(performance.now() - startedAt),
        tooLong: described.tooLong,
        models: described.models
          .slice(0, endpointLimits.discoveredModels)
          .map(guessModel)
          .toSorted((a, b) => a.name.localeCompare(b.name)),
      };
    };
    try {
      return await ask(typed);
    } catch (error) {
      // People paste http://host:8000; the API begins below it.
      const wrongPath = error instanceof NodeFailure && error.code === "model-protocol" && !/\/v\d+$/.test(address);
      const second = wrongPath ? await ask(`${address}/v1${query}`).catch(() => null) : null;
      return second ?? { ok: false, error: endpointError(error) };
    }
  });

/** What is asked with: as typed, and where nothing was typed as stored, if that may go to this address by this way. */
const connectionFor = async (
  ctx: { readonly database: Database; readonly workspaceId: string },
  input: DiscoverModelsInput,
  typed: string,
): Promise<Connection & { readonly apiKey: string | null }> => {
  const row =
    input.endpointId === undefined ? null : await findEndpoint(ctx.database, ctx.workspaceId, input.endpointId);
  if (input.endpointId !== undefined && row === null) throw notFound("endpoint");
  const stored = row === null ? undefined : openConnection(row);
  const asked = {
    keyHeader: input.keyHeader ?? row?.keyHeader ?? usualKeyHeader(typed),
    caCertificate: input.caCertificate === undefined ? (stored?.caCertificate ?? null) : input.caCertificate,
    proxy: input.proxy === undefined ? (stored?.proxy ?? null) : input.proxy,
  };
  const takesHeaders = input.headers === undefined || input.headers.some(({ value }) => value === null);
  const takesKey = input.apiKey === undefined && row?.apiKeyCipher != null;
  if (row !== null && (takesKey || (takesHeaders && row.headersCipher !== null))) {
    const origin = new URL(typed).origin;
    if (!row.replicas.some(({ baseUrl }) => new URL(baseUrl).origin === origin)) {
      throw fieldError("apiKey", "The stored API key is never sent to a new address.", "Enter the API key again.");
    }
    if (asked.caCertificate !== row.caCertificate || asked.proxy !== (stored?.proxy ?? null)) {
      throw fieldError("apiKey", "The stored API key is never sent by a new way.", "Enter the API key again.");
    }
  }
  const apiKey =
    takesKey && row?.apiKeyCipher != null
      ? secretBox().open(row.apiKeyCipher, keyPlace(row.id))
      : (input.apiKey ?? null);
  if (takesKey && apiKey === null) {
    throw fieldError("apiKey", "The stored API key cannot be read.", "Enter the API key again.");
  }
  const known = stored?.headers ?? {};
  return { ...asked, apiKey, headers: input.headers === undefined ? known : mergeHeaders(input.headers, known) };
};
