import type { Agent } from "undici";
import { systemClock } from "@/runtime/model/clock";
import type { ModelGateway } from "@/runtime/model/endpoint";
import { GatewayState } from "@/runtime/model/gateway-state";
import type { HttpFetch } from "@/runtime/model/http-fetch";
import type { Limiter } from "@/runtime/model/middleware/limit";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { createEgressDispatcher } from "@/server/platform/egress/egress-dispatcher";
import { type EgressMode, readEgressMode } from "@/server/platform/egress/egress-policy";
import { createSecretBox, readSecretKey, type SecretBox } from "@/server/platform/secret/secret-box";
import type { LoadedEndpoint } from "./load-endpoints";

/** A workspace's gateway as it was built from the rows of `version`. */
export interface BuiltGateway {
  readonly gateway: ModelGateway;
  readonly endpoints: readonly LoadedEndpoint[];
  readonly version: string;
  checkedAt: number;
}

export interface WorkspaceModels {
  readonly state: GatewayState;
  built: BuiltGateway | null;
  /** Counts changes: a build that began before one is not kept. */
  generation: number;
  /** The build under way, so that many runs that start at once build once. */
  building: Promise<BuiltGateway> | null;
}

interface ProcessState {
  readonly mode: EgressMode;
  /** To addresses that people typed. */
  readonly fetch: HttpFetch;
  /** To the embedded endpoint, whose address the start script set: it is on this machine in every mode. */
  readonly trustedFetch: HttpFetch;
  /** To the internet alone, whatever the installation allows: where an endpoint says that its picture lies. */
  readonly fetchPublic: HttpFetch;
  /** Ways out with an authority or a proxy of their own, by what they are made of. */
  readonly fetches: Map<string, { readonly fetch: HttpFetch; readonly close: () => void }>;
  readonly workspaces: Map<string, WorkspaceModels>;
  /** When the embedded endpoint was last asked what it serves, by workspace id; milliseconds since the epoch. */
  readonly embeddedModelsReadAt: Map<string, number>;
  secretBox: SecretBox | null;
}

const key = Symbol.for("pipewright.model-endpoints");
const holder = globalThis as { [key]?: ProcessState };

/** One for the process, however often a bundler has copied this module. */
export const processState = (): ProcessState => {
  holder[key] ??= createState();
  return holder[key];
};

const createState = (): ProcessState => {
  const mode = readEgressMode();
  const dispatcher = (of: EgressMode): Agent => createEgressDispatcher({ mode: of });
  return {
    mode,
    fetch: createUndiciFetch(dispatcher(mode)),
    trustedFetch: createUndiciFetch(dispatcher("local-network")),
    fetchPublic: createUndiciFetch(dispatcher("public-only")),
    fetches: new Map(),
    workspaces: new Map(),
    embeddedModelsReadAt: new Map(),
    secretBox: null,
  };
};

export const workspaceModels = (workspaceId: string): WorkspaceModels => {
  const { workspaces } = processState();
  let models = workspaces.get(workspaceId);
  if (models === undefined) {
    models = { state: new GatewayState(systemClock), built: null, generation: 0, building: null };
    workspaces.set(workspaceId, models);
  }
  return models;
};

/** The places at an endpoint, or at a model of it. */
export interface EachLimiter {
  readonly workspaceId: string;
  readonly key: string;
  readonly limiter: Limiter;
}

/** Those at all endpoints that this process has called. */
export function* eachLimiter(): Generator<EachLimiter> {
  for (const [workspaceId, { state }] of processState().workspaces) {
    for (const [key, limiter] of state.limiters) yield { workspaceId, key, limiter };
  }
}

/** Made on first use: a workspace without a stored key needs none. */
export const secretBox = (): SecretBox => {
  const state = processState();
  state.secretBox ??= createSecretBox(readSecretKey());
  return state.secretBox;
};
