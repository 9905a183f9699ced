import type { ServiceCall } from "@/runtime/capability/service-call";
import { NodeFailure } from "@/runtime/node/node-failure";
import { nextOf } from "@/runtime/testing/next-of";
import type { ClassifyReply, ClassifyRequest, ProvidedRegistry, RegistryScript } from "./contract";

/** A registry that follows a script. */
export class ScriptedRegistry implements ProvidedRegistry {
  readonly classifications: ClassifyRequest[] = [];

  constructor(private readonly script: RegistryScript) {}

  async classify(request: ClassifyRequest, { signal }: ServiceCall): Promise<ClassifyReply> {
    signal.throwIfAborted();
    return nextOf(this.script.classifications, this.classifications.push(request), "classification");
  }

  async chatModel(reference: string): Promise<string> {
    const model = this.script.chatModels?.[reference];
    if (model === undefined) throw new NodeFailure("registry-unknown", `There is no registered model "${reference}".`);
    return model;
  }

  /** How many scripted replies were not asked for. */
  get left(): number {
    return (this.script.classifications?.length ?? 0) - this.classifications.length;
  }
}
