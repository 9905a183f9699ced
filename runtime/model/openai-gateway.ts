import type { Clock } from "./clock";
import type { ModelGateway } from "./endpoint";
import { createGateway, type GatewayDefaults, type GatewayModel } from "./gateway";
import { GatewayState } from "./gateway-state";
import type { HttpFetch } from "./http-fetch";
import type { RetryPolicy } from "./middleware/retry";
import { createOpenAiEndpoint } from "./openai-endpoint";
import type { StrategyName } from "./strategies/strategies";

/** An endpoint as plain data. */
export interface OpenAiEndpointData {
  /** Tells it from others in the process; its slug where left out. */
  readonly key?: string;
  readonly slug: string;
  readonly name?: string;
  readonly apiKey?: string | null;
  readonly replicas: readonly { readonly key?: string; readonly baseUrl: string; readonly weight?: number }[];
  readonly models: readonly (GatewayModel & { readonly jsonSchema?: boolean })[];
  readonly maxConcurrency?: number;
  readonly timeoutMs?: number;
  readonly strategy?: StrategyName;
  readonly retry?: RetryPolicy;
  /** Where its requests go out; the gateway's where left out. */
  readonly fetch?: HttpFetch;
}

export interface OpenAiGatewayOptions {
  readonly endpoints: readonly OpenAiEndpointData[];
  readonly defaults: GatewayDefaults;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: HttpFetch;
  /** Shared by the gateways of one process; its own where left out. */
  readonly state?: GatewayState;
}

/** Waiting is cheap, but a queue without end only turns an overload into time-outs. */
const queueOf = (maxConcurrency: number) => Math.max(100, maxConcurrency * 20);

/** A gateway over OpenAI-compatible endpoints, given as data. */
export const createOpenAiGateway = ({
  endpoints,
  defaults,
  clock,
  random,
  fetch,
  state = new GatewayState(clock),
}: OpenAiGatewayOptions): ModelGateway =>
  createGateway({
    defaults,
    state,
    random,
    endpoints: endpoints.map((data) => {
      const { slug, name = slug, apiKey = null, maxConcurrency = 8, timeoutMs = 120_000 } = data;
      return {
        key: data.key ?? slug,
        slug,
        name,
        models: data.models,
        limits: { maxConcurrency, maxQueue: queueOf(maxConcurrency), maxWaitMs: timeoutMs },
        ...(data.strategy === undefined ? {} : { strategy: data.strategy }),
        ...(data.retry === undefined ? {} : { retry: data.retry }),
        replicas: data.replicas.map(({ baseUrl, weight = 1, key = `${data.key ?? slug} ${baseUrl}` }) => ({
          key,
          weight,
          endpoint: createOpenAiEndpoint(
            {
              id: slug,
              name,
              baseUrl,
              apiKey,
              timeoutMs,
              schemaModels: data.models.filter((model) => model.jsonSchema === true).map((model) => model.name),
            },
            {
              fetch: data.fetch ?? fetch,
              clock,
              onAllowances: (model, allowances) => state.replica(key).model(model).pace.heard(allowances),
            },
          ),
        })),
      };
    }),
  });
