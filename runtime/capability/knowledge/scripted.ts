import type { ServiceCall } from "@/runtime/capability/service-call";
import { nextOf } from "@/runtime/testing/next-of";
import type { KnowledgeReply, KnowledgeRequest, KnowledgeScript, ProvidedKnowledge } from "./contract";

/** Knowledge bases that follow a script. */
export class ScriptedKnowledge implements ProvidedKnowledge {
  readonly searches: KnowledgeRequest[] = [];

  constructor(private readonly script: KnowledgeScript) {}

  async search(request: KnowledgeRequest, { signal }: ServiceCall): Promise<KnowledgeReply> {
    signal.throwIfAborted();
    return nextOf(this.script.searches, this.searches.push(request), "search");
  }

  /** How many scripted replies were not asked for. */
  get left(): number {
    return (this.script.searches?.length ?? 0) - this.searches.length;
  }
}
