import type { ChatRequest } from "@/runtime/node/context";
import { chatUse, type ModelUse, operationUse } from "@/runtime/node/model-use";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { ModelPrice } from "./cost";
import type { GatewayOptions as CallOptions, Endpoint, ModelGateway } from "./endpoint";
import type { GatewayState } from "./gateway-state";
import { wrapEndpoint } from "./middleware/endpoint-middleware";
import type { LimitPolicy } from "./middleware/limit";
import { limit } from "./middleware/limit";
import { meter } from "./middleware/meter";
import { observe } from "./middleware/observe";
import { patience } from "./middleware/patience";
import { type RetryPolicy, retry, retryPolicy } from "./middleware/retry";
import { watchServer } from "./model-state";
import { type RoutedReplica, routeOver } from "./router";
import { type StrategyName, strategies } from "./strategies/strategies";
import { callWhole, type WholeOperation, type WholeReply, type WholeRequest, wholeCalls } from "./whole-calls";

/** What it is for; a use left out is one it is not for. */
export interface GatewayModel extends ModelPrice, Readonly<Partial<Record<ModelUse, boolean>>> {
  readonly name: string;
  /** Calls of it under way at once, within the endpoint's; null or left out: as many as the endpoint's. */
  readonly maxConcurrency?: number | null;
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

/** `<endpoint slug>/<model name>` that `default` stands for, by use; null or left out where none is set. */
export type GatewayDefaults = Readonly<Partial<Record<ModelUse, string | null>>>;

export interface GatewayOptions {
  readonly endpoints: readonly GatewayEndpoint[];
  readonly defaults: GatewayDefaults;
  readonly state: GatewayState;
  readonly random: () => number;
}

/** Texts in one request. */
export const maxTexts = { embed: 10_000, moderate: 1_000, rerank: 1_000 } as const;
const downAgainAfterMs = 15_000;
const probeTimeoutMs = 5_000;

/** "… is not registered as one that can …" */
const taskOf: Readonly<Record<ModelUse, string>> = {
  chat: "answer prompts",
  embedding: "make embeddings",
  vision: "see pictures",
  moderation: "moderate texts",
  transcription: "transcribe speech",
  rerank: "rank passages",
  picture: "make pictures",
  speech: "say texts aloud",
};

interface Target {
  readonly endpoint: Endpoint;
  readonly model: string;
}

/** Resolves references, and routes, limits, retries, meters and falls back. All state lies in `state`. */
export const createGateway = ({ endpoints, defaults, state, random }: GatewayOptions): ModelGateway => {
  const table = new Map(
    endpoints.map((config) => [config.slug, { config, endpoint: assemble(config, state, random) }]),
  );

  const resolve = (reference: string, use: ModelUse): Target => {
    const full = reference === "default" ? (defaults[use] ?? null) : reference;
    if (full === null) {
      throw new NodeFailure("model-unknown", `No default ${use} model is set.`, {
        hint:
          use === "picture" || use === "speech"
            ? "None ships with Pipewright: on the models page, add an endpoint that has one, and mark the model as such."
            : "Choose a default on the models page, or a model in the step's settings.",
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
    if (model[use] !== true) {
      throw new NodeFailure("model-unknown", `The model "${full}" is not registered as one that can ${taskOf[use]}.`, {
        hint: "Choose another model, or correct its abilities on the models page.",
      });
    }
    return { endpoint: found.endpoint, model: name };
  };

  return {
    async *chat(request, options) {
      const { fallbacks = [], ...own } = request;
      const use = chatUse(request);
      const failures: NodeFailure[] = [];
      for (const reference of [request.model, ...fallbacks]) {
        let isDelivered = false;
        try {
          const { endpoint, model } = resolve(reference, use);
          const forModel: ChatRequest = { ...own, model };
          for await (const part of endpoint.chat(forModel, options)) {
            if (part.type !== "thinking-delta") isDelivered = true;
            yield part;
          }
          return;
        } catch (error) {
          if (isDelivered) throw error;
          failures.push(mayFallBack(error, options));
        }
      }
      throw joined(failures);
    },
    ...wholeCalls<CallOptions>((operation) => async (request, options) => {
      const { endpoint, model } = resolve(request.model, operationUse[operation]);
      const atOnce = answeredAtOnce(operation, request);
      return atOnce ?? callWhole(endpoint, operation, { ...request, model }, options);
    }),
    complete: async (request, options) => {
      const { fallbacks = [], ...own } = request;
      const use = chatUse(request);
      const failures: NodeFailure[] = [];
      for (const reference of [request.model, ...fallbacks]) {
        try {
          const { endpoint, model } = resolve(reference, use);
          return await endpoint.complete({ ...own, model }, options);
        } catch (error) {
          failures.push(mayFallBack(error, options));
        }
      }
      throw joined(failures);
    },
  };
};

/** A failure that another model may not have; throws any other. */
const mayFallBack = (error: unknown, { signal }: CallOptions): NodeFailure => {
  if (signal.aborted || !(error instanceof NodeFailure)) throw error;
  if (error.code === "aborted" || error.code === "node-timeout") throw error;
  return error;
};

const noUsage = { inputTokens: 0, outputTokens: 0 } as const;
const nothing = {
  embed: { vectors: [], usage: noUsage, costMicroUsd: 0 },
  moderate: { results: [], usage: noUsage, costMicroUsd: 0 },
  rerank: { results: [], usage: noUsage, costMicroUsd: 0 },
  transcribe: null,
  draw: null,
  speak: null,
} as const satisfies { readonly [Operation in WholeOperation]: WholeReply<Operation> | null };

const textsOf = (request: WholeRequest): readonly string[] | null =>
  "documents" in request ? request.documents : "input" in request ? request.input : null;

/** The answer to a request of no texts, which no endpoint need be asked for; refuses one of too many. */
const answeredAtOnce = <Operation extends WholeOperation>(
  operation: Operation,
  request: WholeRequest<Operation>,
): WholeReply<Operation> | null => {
  const texts = textsOf(request);
  if (texts === null || !(operation in maxTexts)) return null;
  const most = maxTexts[operation as keyof typeof maxTexts];
  if (texts.length > most) {
    throw new NodeFailure("model-rejected", `${texts.length} texts are too many for one request.`, {
      hint: `Send at most ${most} at once.`,
    });
  }
  return texts.length === 0 ? nothing[operation] : null;
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
      () => watchServer(replica.breaker),
      ({ request }) => replica.model(request.model).enter(),
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
  /** The soonest turn at any replica that may be called; where none may, the call itself says why. */
  const takeTurn = (model: string): number => {
    const open = replicas.filter(({ state: replica }) => replica.isOpen(model));
    const waits = open.map(({ state: replica }) => replica.model(model).pace.waitMs);
    const least = Math.min(...waits);
    return least === Number.POSITIVE_INFINITY ? 0 : (open[waits.indexOf(least)]?.state.model(model).pace.take() ?? 0);
  };
  const probe = (model: string) => replicas.some(({ state: replica }) => replica.model(model).pace.probe());
  const limiter = state.limiter(config.key, config.limits);
  const ownLimiter = (model: string) => {
    const most = models.get(model)?.maxConcurrency;
    return most == null
      ? null
      : state.modelLimiter(config.key, model, {
          ...config.limits,
          maxConcurrency: most,
          maxQueue: Math.max(100, most * 20),
        });
  };
  return wrapEndpoint(
    router,
    patience(clock, config.slug, takeTurn, probe),
    retry(clock, random, config.retry ?? retryPolicy),
    // A call that waits for its model holds no place of the endpoint's that a sibling could use.
    limit(ownLimiter, (model) => `${config.name}" for its model "${model}`),
    limit(
      () => limiter,
      () => config.name,
    ),
  );
};
