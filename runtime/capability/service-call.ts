import type { EmbedReply, EmbedRequest, RerankReply, RerankRequest } from "@/runtime/node/context";

/** How a capability calls models on behalf of a step, so that the calls appear in its trace and its cost. */
export interface ServiceCall {
  readonly signal: AbortSignal;
  /** The path of the step that asks, joined by `/`, without the numbers of frames: `map-1/cache-2`. */
  readonly step?: string;
  /** The end user in whose conversation the run is a turn; left out where there is none. */
  readonly user?: string;
  readonly embed: (request: EmbedRequest) => Promise<EmbedReply>;
  readonly rerank: (request: RerankRequest) => Promise<RerankReply>;
}
