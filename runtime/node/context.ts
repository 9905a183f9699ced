import type { Capabilities } from "@/runtime/capability/capabilities";
import type { ConversationSnapshot } from "./conversation";
import type { FileReference } from "./file-reference";
import type { Frames } from "./frames";
import type { Once } from "./once";
import type { PersonAnswer, PersonQuestion } from "./people";
import type { Message } from "./port";
import type { ReplyOutcome } from "./reply/reply-outcome";
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

/** What a model made, as it came: its kind was found by looking at the bytes. */
export interface MadeBytes {
  readonly mediaType: string;
  /** Without the point, e.g. "png". */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

export interface DrawRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default model for pictures. */
  readonly model: string;
  readonly prompt: string;
  /** Pictures wanted, 1 to `drawLimits.pictures`. */
  readonly count: number;
  /** `<width>x<height>` in pixels, or a word of the server's own ("auto"); left out: the model's own. */
  readonly size?: string;
  /** In the server's own word: "low", "hd". */
  readonly quality?: string;
  readonly seed?: number;
  /** The picture to change; left out: one is made anew. */
  readonly image?: FileReference;
  /** As large as `image`, as PNG: it is changed where this is transparent. */
  readonly mask?: FileReference;
}

export interface DrawReply {
  /** One to `count`. */
  readonly pictures: readonly MadeBytes[];
  /** What the model made of the prompt, where the server says. */
  readonly revisedPrompt: string | null;
  /** English sentences: what was not done as it was asked. */
  readonly notes: readonly string[];
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
}

export const soundFormats = ["mp3", "wav", "opus", "aac", "flac"] as const;
export type SoundFormat = (typeof soundFormats)[number];

export interface SpeakRequest {
  /** As `ChatRequest.model`; `default` is the workspace's default model for speech. */
  readonly model: string;
  readonly text: string;
  /** In the server's own name: "alloy", "af_heart". */
  readonly voice: string;
  readonly format: SoundFormat;
  /** 1 is as the voice speaks; left out: 1. */
  readonly speed?: number;
  /** How it is to be said, for models that can be told. */
  readonly instructions?: string;
}

export interface SpeakReply {
  readonly sound: MadeBytes;
  /** As `DrawReply.notes`. */
  readonly notes: readonly string[];
  readonly costMicroUsd: number | null;
}

/**
 * Everything a node may touch outside its own inputs: models, what stands here, and the capabilities of the workspace
 * (`runtime/capability/`). Nothing else: no fetch, no process.env, no clock.
 */
export interface NodeContext extends Capabilities {
  /** Aborts on cancel, on the node's own time limit, and when the caller has gone. */
  readonly signal: AbortSignal;
  /** The run's id and the inputs it was started with, already checked against the graph's input fields. */
  readonly run: {
    readonly id: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** The conversation that the run is a turn of; left out for a run by itself. */
    readonly conversation?: ConversationSnapshot;
  };
  readonly model: {
    /** Throws `NodeFailure` when no model could answer. */
    chat(request: ChatRequest): AsyncIterable<AnswerPart>;
    embed(request: EmbedRequest): Promise<EmbedReply>;
    moderate(request: ModerateRequest): Promise<ModerateReply>;
    transcribe(request: TranscribeRequest): Promise<TranscribeReply>;
    rerank(request: RerankRequest): Promise<RerankReply>;
    draw(request: DrawRequest): Promise<DrawReply>;
    speak(request: SpeakRequest): Promise<SpeakReply>;
  };
  readonly people: {
    /**
     * Asks a person. Where there is no answer yet, the promise rejects and the attempt ends as waiting, whatever the step makes of it: what has to
     * be asked together is asked before the first is awaited. Once somebody has answered, the step is tried again and hears the answer at once. A run that cannot
     * wait hears `unasked`.
     */
    ask(question: PersonQuestion): Promise<PersonAnswer>;
  };
  /** Of a container: its own steps. */
  readonly frames: Frames;
  readonly once: Once;
  readonly log: (level: "debug" | "info" | "warn", message: string) => void;
  readonly now: () => Date;
}
