import type { z } from "zod";
import type { CapabilityScript } from "@/runtime/capability/capabilities";
import type { GraphDocument } from "@/runtime/graph/document";
import type { BodyInterface } from "./body";
import type { DrawReply, ModerateReply, NodeContext, RerankReply, SpeakReply, TranscribeReply } from "./context";
import type { ConversationSnapshot, ConversationSpec } from "./conversation";
import type { Localized } from "./localized";
import type { Delta, Ports, Values } from "./port";

export const categories = [
  "io",
  "prompt",
  "agent",
  "retrieval",
  "vision",
  "speech",
  "classifier",
  "safety",
  "fine-tuned",
  "text",
  "data",
  "flow",
  "tool",
] as const;
export type Category = (typeof categories)[number];

/** Kinds of input whose value is a `FileReference`. */
export const fileKinds = ["image", "audio", "file"] as const;
export type FileKind = (typeof fileKinds)[number];
export const isFileKind = (kind: string): kind is FileKind => fileKinds.some((known) => known === kind);

/** One value the caller of a pipeline gives, as declared by an input node. */
export interface InputField {
  readonly name: string;
  readonly title: string;
  readonly kind: "text" | "number" | "choice" | "json" | FileKind;
  readonly required: boolean;
  readonly help?: string;
  /** Text only: most characters taken. */
  readonly maxLength?: number;
  /** Number only. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** Choice only. */
  readonly options?: readonly string[];
  /** Image, audio and file only: most bytes taken. */
  readonly maxBytes?: number;
  /** Image, audio and file only: media types and extensions taken, as `acceptsFile` reads them. */
  readonly accept?: readonly string[];
  /** Taken when the caller leaves the field out. */
  readonly default?: unknown;
}

/** One of several ways that a run can take. */
export interface Branch {
  /** Output. */
  readonly port: string;
  /** Whether a run can go this way, as far as is known. */
  readonly taken: boolean;
  /** The known texts that go this way. One that is never taken and has such a list is told of where it is wired. */
  readonly values?: readonly string[];
}

/** How a container runs its body. */
export interface Container {
  /**
   * `list`: frames do not know of each other. `sequence`: each takes what the one before gave. `once`: there is one. `calls`: it asks for each by what it has
   * found so far, so that what ran at a place tells nothing of what another run asks there.
   */
  readonly runs: "list" | "sequence" | "once" | "calls";
  /** Whether its body belongs to something else, so that it is looked at and not changed; left out: it never does. Settings may be half typed. */
  readonly isFixed?: (config: Readonly<Record<string, unknown>>) => boolean;
  /** It is told what the models in a frame cost. */
  readonly measured?: true;
  /** The body that a new one begins with. */
  readonly start: GraphDocument;
  /** It may have no body: the steps that its settings need in one, by their ids. Left out: it always has one. Settings may be half typed. */
  readonly needs?: (config: Readonly<Record<string, unknown>>) => readonly string[];
}

export interface NodeDefinition<Type extends string, C extends z.ZodObject, I extends Ports, O extends Ports> {
  /** `<category>/<name>`, equal to the file's path. Written into saved graphs: never rename, only migrate. */
  readonly type: Type;
  /** Raised with every change of `config`; `migrations[n]` lifts a saved config from n-1 to n. */
  readonly version: number;
  readonly title: Localized;
  /** One sentence: palette tooltip, docs lead, search text. */
  readonly summary: Localized;
  /** Name of a lucide icon, kebab-case. */
  readonly icon: string;
  readonly keywords?: readonly string[];
  readonly config: C;
  /** A function where ports follow from the settings, e.g. one input per {{variable}}. */
  readonly inputs: I | ((config: z.output<C>, body?: BodyInterface) => I);
  readonly outputs: O | ((config: z.output<C>, body?: BodyInterface) => O);
  /** Of a node that holds steps of its own and runs them by `ctx.frames`. */
  readonly container?: Container;
  /** What it gives is of use only in the run that it was made in, as what the run's vault sealed: a run that takes up another's results makes it anew. */
  readonly boundToRun?: true;
  /** What the card shows on the canvas under the title: one line. */
  readonly preview?: (config: z.output<C>) => string;
  /** Where the graph meets its caller. An input node names the fields it asks for; an output node's inputs are the run's outputs. */
  readonly boundary?:
    | { readonly kind: "input"; readonly fields: (config: z.output<C>) => readonly InputField[] }
    | { readonly kind: "output" };
  /** Declares that the runs of its pipeline are turns of conversations. */
  readonly conversation?: (config: z.output<C>) => ConversationSpec;
  /** `any`: runs once at least one incoming wire delivered, the others settled. Default `all`: every required input must be there. */
  readonly join?: "all" | "any";
  /**
   * What goes on where the node is switched off: output -> input. Left out, an output that is always given takes the one wired input whose
   * kind fits; where none or several fit, nothing goes on.
   */
  readonly passes?: Readonly<Record<string, string>> | ((config: z.output<C>) => Readonly<Record<string, string>>);
  /**
   * The outputs of which a run takes one, where one that leads nowhere is worth a warning. `known` holds all texts that can come into an
   * input, where they are known.
   */
  readonly branches?: (config: z.output<C>, known: ReadonlyMap<string, readonly string[]>) => readonly Branch[];
  /** Output -> all texts that it can carry, where the settings say so. */
  readonly emits?: (config: z.output<C>) => Readonly<Record<string, readonly string[] | undefined>>;
  readonly migrations?: Readonly<Record<number, (config: Record<string, unknown>) => Record<string, unknown>>>;
  /** Shown in the docs and run by the node conformance suite. */
  readonly examples: readonly [NodeExample<C, I, O>, ...NodeExample<C, I, O>[]];
  /**
   * Yield deltas of streaming outputs; return every output. An optional output left out means that branch is not taken.
   * Throw `NodeFailure` for what the author, the caller or an operator can mend.
   */
  readonly run: (call: NodeCall<C, I>) => AsyncGenerator<Delta<O>, Values<O>, void> | Promise<Values<O>>;
}

export interface NodeCall<C extends z.ZodObject, I extends Ports> {
  readonly config: z.output<C>;
  readonly inputs: Values<I>;
  readonly ctx: NodeContext;
}

export interface NodeExample<C extends z.ZodObject, I extends Ports, O extends Ports> extends CapabilityScript {
  readonly name: string;
  readonly config: z.input<C>;
  readonly inputs: Values<I>;
  /** The steps of a container. */
  readonly body?: GraphDocument;
  /** The conversation that the run is a turn of; left out: none. */
  readonly conversation?: Pick<ConversationSnapshot, "user" | "turns"> & Partial<Pick<ConversationSnapshot, "summary">>;
  /** What the caller of the run gave, for input nodes. */
  readonly runInputs?: Readonly<Record<string, unknown>>;
  /** Scripted model replies, in call order. */
  readonly replies?: readonly (
    | string
    | { readonly calls: readonly { readonly name: string; readonly arguments: unknown }[] }
  )[];
  /** Scripted embeddings: text -> vector. */
  readonly vectors?: Readonly<Record<string, readonly number[]>>;
  /** Scripted replies of the other operations, in call order. */
  readonly moderations?: readonly Pick<ModerateReply, "results">[];
  readonly transcripts?: readonly Omit<TranscribeReply, "costMicroUsd">[];
  readonly rankings?: readonly Pick<RerankReply, "results">[];
  readonly drawings?: readonly Omit<DrawReply, "usage" | "costMicroUsd">[];
  readonly sayings?: readonly Omit<SpeakReply, "costMicroUsd">[];
  readonly outputs: Values<O>;
}

/** Gives `run` its argument and result types from the schemas beside it; returns the definition unchanged. */
export const defineNode = <
  const Type extends `${Category}/${string}`,
  C extends z.ZodObject,
  I extends Ports,
  O extends Ports,
>(
  definition: NodeDefinition<Type, C, I, O>,
) => definition;
