import type { Result } from "@/runtime/graph/result";
import type { FileReference } from "./file-reference";
import type { PersonAnswer, PersonQuestion } from "./people";
import type { Message } from "./port";
import type { ReplyOutcome } from "./reply/reply-outcome";
import type { Source } from "./source";
import type { ChatTool, ToolCall, ToolChoice } from "./tool";

export interface Usage {
  /** With the cached ones; null where the endpoint did not say. */
  readonly inputTokens: number | null;
  /** With those of the thinking; null where the endpoint did not say. */
  readonly outputTokens: number | null;
  /** Of the input, what the endpoint had in its cache; left out where it did not say. */
  readonly cachedInputTokens?: number;
  /** Of the output, what went into thinking; left out where it did not say, or was none. */
  readonly thinkingTokens?: number;
}

/** JSON Schema (draft 2020-12), as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ChatRequest {
  /** `<endpoint slug>/<model name>`, or `default` for the workspace's default chat model. */
  readonly model: string;
  /** Tried in order when `model` fails before its first token. */
  readonly fallbacks?: readonly string[];
  readonly messages: readonly Message[];
  readonly temperature?: number;
  readonly topP?: number;
  /** Most tokens to generate. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** The reply must be JSON of this schema; endpoints that can, enforce it by grammar. */
  readonly responseSchema?: JsonSchema;
  /** What the model may call. Its calls come as parts of the reply; whoever asked runs them and asks again. */
  readonly tools?: readonly ChatTool[];
  /** Left out: `auto`. */
  readonly toolChoice?: ToolChoice;
  /** Fields added to the request as they stand, beside those of the endpoint; what is set by the others here wins over them. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Why a reply ended. `unsaid`: the endpoint closed it without a word; `tool-calls`: it asked for tools. */
export type FinishReason = "stop" | "length" | "content-filter" | "refusal" | "tool-calls" | "unsaid" | "other";

/** What a model gives when it answers. Its thinking is no part of the answer: it is shown folded, and never an output. */
export type ChatPart =
  | { readonly type: "thinking-delta"; readonly delta: string }
  | { readonly type: "text-delta"; readonly delta: string }
  /** All text so far turned out to be thinking (or all thinking the answer, which then comes again as text): it is void. */
  | { readonly type: "retract"; readonly what: "text" | "thinking" }
  /** A call that the model asks for, whole. All of a reply come before its `finish`. */
  | { readonly type: "tool-call"; readonly call: ToolCall }
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** null for a reply that is whole. */
      readonly outcome: ReplyOutcome | null;
      /** null where the endpoint did not say. */
      readonly usage: Usage | null;
      /** Millionths of a US dollar; null where the price is unknown, never 0 then. */
      readonly costMicroUsd: number | null;
      /** The model that answered, after fallbacks, as `<endpoint slug>/<model name>`. */
      readonly model: string;
    };

/** What a step sees of a reply. */
export type AnswerPart = Exclude<ChatPart, { readonly type: "thinking-delta" }>;

export interface EmbedRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default embedding model. */
  readonly model: string;
  readonly input: readonly string[];
}

export interface EmbedReply {
  /** One vector an input, in order, all of one length. */
  readonly vectors: readonly (readonly number[])[];
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
}

export interface ModerateRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default moderation model. */
  readonly model: string;
  readonly input: readonly string[];
}

export interface ModerateReply {
  /** One an input, in order. Categories are the model's own names, e.g. "toxicity", "harassment/threatening"; scores lie in 0..1. */
  readonly results: readonly { readonly flagged: boolean; readonly scores: Readonly<Record<string, number>> }[];
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
}

export interface TranscribeRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default transcription model. */
  readonly model: string;
  readonly audio: FileReference;
  /** ISO 639-1, e.g. "zh"; recognised from the sound where left out. */
  readonly language?: string;
  /** Words to expect: names, terms. */
  readonly prompt?: string;
}

export interface TranscribeReply {
  /** Empty where nobody speaks. */
  readonly text: string;
  readonly language: string | null;
  readonly durationSeconds: number | null;
  /** Times in seconds from the beginning. Empty where the endpoint gives none. */
  readonly segments: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly costMicroUsd: number | null;
}

export interface RerankRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default reranking model. */
  readonly model: string;
  readonly query: string;
  readonly documents: readonly string[];
  /** Most results; all where left out. */
  readonly topN?: number;
}

export interface RerankReply {
  /** Best first. `index` is the document's place in the request. */
  readonly results: readonly { readonly index: number; readonly score: number }[];
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
}

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

export interface ShrunkImage {
  readonly image: FileReference;
  readonly width: number;
  readonly height: number;
  readonly original: { readonly width: number; readonly height: number; readonly size: number };
}

/** Why a sealed text stays closed, with an English sentence that says so. */
export interface VaultRefusal {
  readonly reason: "not-permitted" | "unreadable";
  readonly message: string;
}

/** Everything a node may touch outside its own inputs. Nothing else: no fetch, no process.env, no clock. At most eleven members. */
export interface NodeContext {
  /** Aborts on cancel, on the node's own time limit, and when the caller has gone. */
  readonly signal: AbortSignal;
  /** The run's id and the inputs it was started with, already checked against the graph's input fields. */
  readonly run: { readonly id: string; readonly inputs: Readonly<Record<string, unknown>> };
  readonly model: {
    /** Throws `NodeFailure` when no model could answer. */
    chat(request: ChatRequest): AsyncIterable<AnswerPart>;
    embed(request: EmbedRequest): Promise<EmbedReply>;
    moderate(request: ModerateRequest): Promise<ModerateReply>;
    transcribe(request: TranscribeRequest): Promise<TranscribeReply>;
    rerank(request: RerankRequest): Promise<RerankReply>;
  };
  /** Files of the run's workspace. Each throws `NodeFailure` for a file that is gone or not what it should be. */
  readonly files: {
    read(file: FileReference): Promise<Uint8Array>;
    store(file: {
      readonly name: string;
      readonly mediaType: string;
      readonly bytes: Uint8Array;
    }): Promise<FileReference>;
    /** The same picture, upright, with its longer edge at most this many pixels; a smaller one is kept as it is. */
    shrinkImage(image: FileReference, longestEdge: number): Promise<ShrunkImage>;
  };
  readonly knowledge: { search(request: KnowledgeRequest): Promise<KnowledgeReply> };
  /** Models of the workspace's own registry. */
  readonly registry: {
    classify(request: ClassifyRequest): Promise<ClassifyReply>;
    /** `<model slug>@<stage or version>` of a chat model -> the reference that `model.chat` takes. */
    chatModel(reference: string): Promise<string>;
  };
  /** For what the events of a run must not hold readable. */
  readonly vault: {
    /** A cipher that only a step of the same run can open. */
    seal(text: string): Promise<string>;
    /** Opens for a run whose reader may see personal data; each opening is written down in the audit log. */
    open(sealed: string): Promise<Result<string, VaultRefusal>>;
    /** Twelve hex digits: the same for a text in every run of the workspace, and of no use to whoever tries texts against them. */
    fingerprint(text: string): Promise<string>;
  };
  readonly people: {
    /**
     * Asks a person. Where there is no answer yet, the promise rejects and the attempt ends as waiting, whatever the step makes of it: what has to
     * be asked together is asked before the first is awaited. Once somebody has answered, the step is tried again and hears the answer at once. A run that cannot
     * wait hears `unasked`.
     */
    ask(question: PersonQuestion): Promise<PersonAnswer>;
  };
  readonly log: (level: "debug" | "info" | "warn", message: string) => void;
  readonly now: () => Date;
}
