import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";
import type { CallOptions, Endpoint } from "./endpoint";
import type { ReplicaState } from "./gateway-state";
import { LocalRefusal } from "./local-refusal";
import type { Candidate, RoutingStrategy } from "./strategies/strategy";
import { callWhole, wholeCalls } from "./whole-calls";

export interface RoutedReplica {
  readonly id: string;
  readonly weight: number;
  readonly priceMicroUsd: number | null;
  readonly endpoint: Endpoint;
  readonly state: ReplicaState;
}

interface Choice extends Candidate {
  readonly replica: RoutedReplica;
}

/** Failures that another replica may not have. */
const local: ReadonlySet<RunErrorCode> = new Set([
  "model-rate-limited",
  "model-unavailable",
  "model-timeout",
  "model-protocol",
]);

/**
 * The replica for the next call to a model: by strategy among those whose breakers let it pass, healthy ones before those whose last
 * probe failed, and before those where the model asked not to be called for a while. null where every breaker is open.
 */
export const pickReplica = (
  replicas: readonly RoutedReplica[],
  model: string,
  strategy: RoutingStrategy,
  effects: Parameters<RoutingStrategy>[1],
): RoutedReplica | null => {
  const passable: readonly Choice[] = replicas
    .filter(({ state }) => state.isOpen(model))
    .map((replica) => ({
      id: replica.id,
      replica,
      stats: {
        inFlight: replica.state.load.inFlight,
        latencyMs: replica.state.load.latencyMs,
        priceMicroUsd: replica.priceMicroUsd,
        weight: replica.weight,
      },
    }));
  const healthy = passable.filter(({ replica }) => replica.state.health.state !== "down");
  const usable = healthy.length > 0 ? healthy : passable;
  const free = usable.filter(({ replica }) => (replica.state.known(model)?.pace.closedMs ?? 0) === 0);
  return strategy(free.length > 0 ? free : usable, effects)[0]?.replica ?? null;
};

export interface RouterOptions {
  readonly name: string;
  readonly strategy: RoutingStrategy;
  readonly random: () => number;
  /** Called before a call with the replicas, to look again after those that are down. */
  readonly beforeCall?: () => void;
}

/** Several replicas as one endpoint: each call goes to one, and to the next as long as nothing of the reply was delivered. */
export const routeOver = (id: string, replicas: readonly RoutedReplica[], options: RouterOptions): Endpoint => {
  const { name, strategy, random } = options;
  let sequence = 0;

  const refusal = (model: string): NodeFailure => {
    if (replicas.length === 0) {
      return new LocalRefusal("model-unavailable", `The endpoint "${name}" is not running.`);
    }
    const waitMs = Math.min(...replicas.map(({ state }) => state.waitMs(model)));
    const isServer = replicas.every(({ state }) => state.breaker.state === "open");
    const who = isServer ? `The endpoint "${name}"` : `The model "${model}" of the endpoint "${name}"`;
    const reason = replicas
      .map(({ state }) => state.known(model)?.trouble?.error.message ?? state.health.view.error?.message)
      .find((message) => message);
    return new LocalRefusal(
      "model-unavailable",
      `${who} failed several times in a row and is left alone for ${Math.ceil(waitMs / 1000)} s.${
        reason === undefined ? "" : ` ${reason}`
      }`,
      { retryAfterMs: waitMs },
    );
  };

  /** Yields replicas to try; throws the last failure when there is none left. */
  const turns = (model: string) => {
    let left = replicas;
    let last: unknown = null;
    return {
      next: (): RoutedReplica => {
        sequence += 1;
        const replica = pickReplica(left, model, strategy, { random, sequence });
        if (replica === null) throw last ?? refusal(model);
        left = left.filter((other) => other !== replica);
        return replica;
      },
      failed: (error: unknown, signal: AbortSignal) => {
        if (signal.aborted || !(error instanceof NodeFailure) || !local.has(error.code)) throw error;
        last = error;
      },
    };
  };

  /** Asks one replica after another until one answers. */
  const ask = async <T>(model: string, call: (endpoint: Endpoint) => Promise<T>, signal: AbortSignal): Promise<T> => {
    const { next, failed } = turns(model);
    for (;;) {
      const replica = next();
      try {
        return await call(replica.endpoint);
      } catch (error) {
        failed(error, signal);
      }
    }
  };

  return {
    id,
    async *chat(request, callOptions) {
      options.beforeCall?.();
      const { next, failed } = turns(request.model);
      for (;;) {
        const replica = next();
        let isDelivered = false;
        try {
          for await (const part of replica.endpoint.chat(request, callOptions)) {
            if (part.type !== "thinking-delta") isDelivered = true;
            yield part;
          }
          return;
        } catch (error) {
          if (isDelivered) throw error;
          failed(error, callOptions.signal);
        }
      }
    },
    ...wholeCalls<CallOptions>((operation) => (request, callOptions) => {
      options.beforeCall?.();
      const call = (endpoint: Endpoint) => callWhole(endpoint, operation, request, callOptions);
      return ask(request.model, call, callOptions.signal);
    }),
    complete: (request, callOptions) => {
      options.beforeCall?.();
      return ask(request.model, (endpoint) => endpoint.complete(request, callOptions), callOptions.signal);
    },
    models: (callOptions) => ask("", (endpoint) => endpoint.models(callOptions), callOptions.signal),
    probe: (callOptions) => ask("", (endpoint) => endpoint.probe(callOptions), callOptions.signal),
  };
};
