import type { EmbedReply, EmbedRequest, RerankReply, RerankRequest } from "@/runtime/node/context";

/** How a capability calls models on behalf of a step, so that the calls appear in its trace and its cost. */
export interface ServiceCall {
  readonly signal: AbortSignal;
  readonly embed: (request: EmbedRequest) => Promise<EmbedReply>;
  readonly rerank: (request: RerankRequest) => Promise<RerankReply>;
}
