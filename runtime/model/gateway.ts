import type { ChatRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { ModelPrice } from "./cost";
import type { Endpoint, ModelGateway } from "./endpoint";
import type { GatewayState } from "./gateway-state";
import { wrapEndpoint } from "./middleware/endpoint-middleware";
import type { LimitPolicy } from "./middleware/limit";
import { limit } from "./middleware/limit";
import { meter } from "./middleware/meter";
import { observe } from "./middleware/observe";
import { type RetryPolicy, retry, retryPolicy } from "./middleware/retry";
import { type RoutedReplica, routeOver } from "./router";
import { type StrategyName, strategies } from "./strategies/strategies";

export interface GatewayModel extends ModelPrice {
  readonly name: string;
  readonly chat: boolean;
  readonly embedding: boolean;
}

export interface GatewayReplica {
  /** Names the replica's breaker and health in the state; another address or key is another replica. */
  readonly key: string;
  readonly weight: number;
  /** What its tokens cost, for the strategy lowest-cost; null or left out is unknown. */
  readonly priceMicroUsd?: number | null;
  readonly endpoint: Endpoint;
}

export interface GatewayEndpoint {
  /** Names the endpoint's places in the state. */
  readonly key: string;
  readonly slug: string;
  /** What messages call it. */
  readonly name: string;
  readonly replicas: readonly GatewayReplica[];
  readonly models: readonly GatewayModel[];
  readonly limits: LimitPolicy;
  readonly strategy?: StrategyName;
  readonly retry?: RetryPolicy;
}

export interface GatewayDefaults {
  /** `<endpoint slug>/<model name>` that `default` stands for; null where none is set. */
  readonly chat: string | null;
  readonly embedding: string | null;
}

export interface GatewayOptions {
  readonly endpoints: readonly GatewayEndpoint[];
  readonly defaults: GatewayDefaults;
  readonly state: GatewayState;
  readonly random: () => number;
}

/** Texts in one embedding request. */
export const maxEmbedInputs = 10_000;
const downAgainAfterMs = 15_000;
const probeTimeoutMs = 5_000;

interface Target {
  readonly endpoint: Endpoint;
  readonly model: string;
}

/** Resolves references, and routes, limits, retries, meters and falls back. All state lies in `state`. */
export const createGateway = ({ endpoints, defaults, state, random }: GatewayOptions): ModelGateway => {
  const table = new Map(
    endpoints.map((config) => [config.slug, { config, endpoint: assemble(config, state, random) }]),
  );

  const resolve = (reference: string, use: "chat" | "embedding"): Target => {
    const full = reference === "default" ? defaults[use] : reference;
    if (full === null) {
      throw new NodeFailure("model-unknown", `No default ${use} model is set.`, {
        hint: "Choose a default on the models page, or a model in the step's settings.",
      });
    }
    const slash = full.indexOf("/");
    const found = slash > 0 ? table.get(full.slice(0, slash)) : undefined;
    if (found === undefined) {
      throw new NodeFailure("model-unknown", `No enabled endpoint serves the model "${full}".`, {
        hint: "Choose a model that is registered on the models page.",
      });
    }
    const name = full.slice(slash + 1);
    const model = found.config.models.find((candidate) => candidate.name === name);
    if (model === undefined) {
      throw new NodeFailure("model-unknown", `The endpoint "${found.config.name}" has no model "${name}".`, {
        hint: "Choose another model, or register this one on the models page.",
      });
    }
    if (!model[use]) {
      const task = use === "chat" ? "answer prompts" : "make embeddings";
      throw new NodeFailure("model-unknown", `The model "${full}" is not registered as one that can ${task}.`, {
        hint: "Choose another model, or correct its abilities on the models page.",
      });
    }
    return { endpoint: found.endpoint, model: name };
  };

  return {
    async *chat(request, options) {
      const { fallbacks = [], ...own } = request;
      const failures: NodeFailure[] = [];
      for (const reference of [request.model, ...fallbacks]) {
        let isDelivered = false;
        try {
          const { endpoint, model } = resolve(reference, "chat");
          const forModel: ChatRequest = { ...own, model };
          for await (const part of endpoint.chat(forModel, options)) {
            isDelivered = true;
            yield part;
          }
          return;
        } catch (error) {
          if (isDelivered || options.signal.aborted || !(error instanceof NodeFailure)) throw error;
          if (error.code === "aborted" || error.code === "node-timeout") throw error;
          failures.push(error);
        }
      }
      throw joined(failures);
    },
    async embed(request, options) {
      const { endpoint, model } = resolve(request.model, "embedding");
      if (request.input.length === 0)
        return { vectors: [], usage: { inputTokens: 0, outputTokens: 0 }, costMicroUsd: 0 };
      if (request.input.length > maxEmbedInputs) {
        throw new NodeFailure(
          "model-rejected",
          `${request.input.length} texts are too many for one embedding request.`,
          {
            hint: `Send at most ${maxEmbedInputs} at once.`,
          },
        );
      }
      return endpoint.embed({ ...request, model }, options);
    },
  };
};

/** One failure as it is; several as the first one's, with what the fallbacks said. */
const joined = (failures: readonly NodeFailure[]): NodeFailure => {
  const [first, ...others] = failures;
  if (first === undefined) return new NodeFailure("internal", "No model was asked.");
  if (others.length === 0) return first;
  const last = others.map((failure) => failure.message).join(" ");
  return new NodeFailure(first.code, `${first.message} The fallbacks failed too: ${last}`, { ...first.options });
};

const assemble = (config: GatewayEndpoint, state: GatewayState, random: () => number): Endpoint => {
  const { clock } = state;
  const models = new Map(config.models.map((model) => [model.name, model]));
  const unknownPrice: ModelPrice = { inputMicroUsdPerM: null, outputMicroUsdPerM: null };
  const priceOf = (model: string): ModelPrice => models.get(model) ?? unknownPrice;
  const replicas: readonly RoutedReplica[] = config.replicas.map(({ key, weight, priceMicroUsd = null, endpoint }) => {
    const replica = state.replica(key);
    const watched = observe(
      () => replica.breaker.enter(),
      () => replica.load.enter(),
      () => replica.health.enter(),
      meter(config.slug, priceOf, clock),
    )(endpoint);
    return { id: key, weight, priceMicroUsd, endpoint: watched, state: replica };
  });
  /** A replica that is down gets no calls while others are up, so calls make somebody look whether it is back. */
  const beforeCall = () => {
    for (const replica of replicas) {
      if (replica.state.health.state === "down") {
        void replica.state.health.probeIfOlder(replica.endpoint, downAgainAfterMs, probeTimeoutMs);
      }
    }
  };
  const router = routeOver(config.slug, replicas, {
    name: config.name,
    strategy: strategies[config.strategy ?? "least-busy"],
    random,
    beforeCall,
  });
  return wrapEndpoint(
    router,
    retry(clock, random, config.retry ?? retryPolicy),
    limit(state.limiter(config.key, config.limits), config.name),
  );
};
