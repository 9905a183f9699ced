import type {
  ClassifyReply,
  ClassifyRequest,
  EmbedReply,
  EmbedRequest,
  KnowledgeReply,
  KnowledgeRequest,
  NodeContext,
  RerankReply,
  RerankRequest,
} from "@/runtime/node/context";

/** How a service calls models on behalf of a step, so that the calls appear in its trace and its cost. */
export interface ServiceCall {
  readonly signal: AbortSignal;
  readonly embed: (request: EmbedRequest) => Promise<EmbedReply>;
  readonly rerank: (request: RerankRequest) => Promise<RerankReply>;
}

/** What a run may use beside models. Bound to one workspace; a service that is left out fails the step that asks for it. */
export interface RunServices {
  readonly files?: NodeContext["files"];
  readonly knowledge?: { search(request: KnowledgeRequest, call: ServiceCall): Promise<KnowledgeReply> };
  readonly vault?: NodeContext["vault"];
  readonly registry?: {
    classify(request: ClassifyRequest, call: ServiceCall): Promise<ClassifyReply>;
    chatModel(reference: string): Promise<string>;
  };
}
