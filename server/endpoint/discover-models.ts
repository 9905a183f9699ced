import { systemClock } from "@/runtime/model/clock";
import { createOpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import { NodeFailure } from "@/runtime/node/node-failure";
import { notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { checkedBaseUrl, fieldError } from "./check-endpoint";
import { type DiscoverModelsOutput, discoverModelsInput, endpointLimits } from "./endpoint.types";
import { endpointError } from "./endpoint-error";
import { findEndpoint } from "./endpoint-row";
import { keyPlace } from "./load-endpoints";
import { guessModel } from "./model-guess";
import { processState, secretBox } from "./process-state";

const discoverTimeoutMs = 10_000;

/**
 * Asks an address for its models. A changing call, though it stores nothing: it makes the server call out, so it needs a request
 * of our own page.
 */
export const discoverModels = editorProcedure
  .input(discoverModelsInput)
  .mutation(async ({ ctx, input, signal }): Promise<DiscoverModelsOutput> => {
    const typed = checkedBaseUrl(input.baseUrl, "baseUrl");
    let apiKey = input.apiKey ?? null;
    if (input.apiKey === undefined && input.endpointId !== undefined) {
      const row = await findEndpoint(ctx.database, ctx.workspaceId, input.endpointId);
      if (row === null) throw notFound("endpoint");
      if (row.apiKeyCipher !== null) {
        const origin = new URL(typed).origin;
        if (!row.replicas.some(({ baseUrl }) => new URL(baseUrl).origin === origin)) {
          throw fieldError("apiKey", "The stored API key is never sent to a new address.", "Enter the API key again.");
        }
        apiKey = secretBox().open(row.apiKeyCipher, keyPlace(row.id));
        if (apiKey === null)
          throw fieldError("apiKey", "The stored API key cannot be read.", "Enter the API key again.");
      }
    }
    const call = signal ?? new AbortController().signal;
    const host = new URL(typed).host;
    const ask = async (baseUrl: string): Promise<DiscoverModelsOutput> => {
      const startedAt = performance.now();
      const endpoint = createOpenAiEndpoint(
        { id: "discover", name: host, baseUrl, apiKey, timeoutMs: discoverTimeoutMs },
        { fetch: processState().fetch, clock: systemClock },
      );
      const described = await endpoint.describeModels({ signal: call });
      return {
        ok: true,
        baseUrl,
        latencyMs: Math.round(performance.now() - startedAt),
        models: described
          .slice(0, endpointLimits.discoveredModels)
          .map(guessModel)
          .toSorted((a, b) => a.name.localeCompare(b.name)),
      };
    };
    try {
      return await ask(typed);
    } catch (error) {
      // People paste http://host:8000; the API begins below it.
      const wrongPath = error instanceof NodeFailure && error.code === "model-protocol" && !/\/v\d+$/.test(typed);
      const second = wrongPath ? await ask(`${typed}/v1`).catch(() => null) : null;
      return second ?? { ok: false, error: endpointError(error) };
    }
  });
