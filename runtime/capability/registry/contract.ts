import type { ServiceCall } from "@/runtime/capability/service-call";

export interface ClassifyRequest {
  /** `<model slug>@<stage or version number>`, e.g. "intent@production", "intent@3". */
  readonly model: string;
  readonly input: readonly string[];
  /** Also say what in the text spoke for the label. Costs one more embedding a word (of at most 32 stretches). Left out: no. */
  readonly reasons?: boolean;
}

export interface ClassifyReply {
  /** One an input, in order; `scores` are probabilities over all labels and sum to 1. */
  readonly results: readonly {
    readonly label: string;
    readonly scores: Readonly<Record<string, number>>;
    /** What in the text spoke for the label, strongest first; empty unless asked for. */
    readonly reasons: readonly { readonly words: string; readonly weight: number }[];
  }[];
  /** The version that answered, e.g. "intent@3". */
  readonly version: string;
}

/** Models of the workspace's own registry, as steps see them. */
export interface Registry {
  classify(request: ClassifyRequest): Promise<ClassifyReply>;
  /** `<model slug>@<stage or version>` of a chat model -> the reference that `model.chat` takes. */
  chatModel(reference: string): Promise<string>;
}

export interface ProvidedRegistry {
  classify(request: ClassifyRequest, call: ServiceCall): Promise<ClassifyReply>;
  chatModel(reference: string): Promise<string>;
}

/** What examples of steps say of it. */
export interface RegistryScript {
  /** Scripted replies, in call order. */
  readonly classifications?: readonly ClassifyReply[];
  /** Reference of a registered chat model -> what `chatModel` makes of it. */
  readonly chatModels?: Readonly<Record<string, string>>;
}

export const registry = {
  called: "registered models",
  bind: (provided: ProvidedRegistry, call: () => ServiceCall): Registry => ({
    classify: (request) => provided.classify(request, call()),
    chatModel: (reference) => provided.chatModel(reference),
  }),
};
