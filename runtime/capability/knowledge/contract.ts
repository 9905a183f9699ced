import type { ServiceCall } from "@/runtime/capability/service-call";
import type { Source } from "@/runtime/node/source";

export interface KnowledgeRequest {
  /** Id of a knowledge base. */
  readonly knowledgeBase: string;
  readonly query: string;
  /** Most passages; 1..100. */
  readonly topK: number;
  /** `fused`: by meaning and by words, joined by reciprocal rank. */
  readonly way?: "fused" | "vector" | "text";
  /** Weaker passages are left out, 0..1: by cosine similarity for `vector`, by the share of the words that they have for `text`, by the better for `fused`. */
  readonly minimumScore?: number;
  /** Only passages whose metadata has all of these. */
  readonly filter?: Readonly<Record<string, string | number | boolean>>;
}

export interface KnowledgeReply {
  readonly sources: readonly Source[];
}

/** What steps see of the workspace's knowledge bases. */
export interface Knowledge {
  search(request: KnowledgeRequest): Promise<KnowledgeReply>;
}

export interface ProvidedKnowledge {
  search(request: KnowledgeRequest, call: ServiceCall): Promise<KnowledgeReply>;
}

/** What examples of steps say of it. */
export interface KnowledgeScript {
  /** Scripted replies, in call order. */
  readonly searches?: readonly KnowledgeReply[];
}

export const knowledge = {
  called: "knowledge bases",
  bind: (provided: ProvidedKnowledge, call: () => ServiceCall): Knowledge => ({
    search: (request) => provided.search(request, call()),
  }),
};
