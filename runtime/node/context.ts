import type { Message } from "./port";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
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
}

export type FinishReason = "stop" | "length" | "content-filter" | "other";

export type ChatPart =
  | { readonly type: "text-delta"; readonly delta: string }
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      /** null where the endpoint did not say. */
      readonly usage: Usage | null;
      /** Millionths of a US dollar; null where the price is unknown, never 0 then. */
      readonly costMicroUsd: number | null;
      /** The model that answered, after fallbacks, as `<endpoint slug>/<model name>`. */
      readonly model: string;
    };

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

/** Everything a node may touch outside its own inputs. Nothing else: no fetch, no process.env, no clock. At most ten members. */
export interface NodeContext {
  /** Aborts on cancel, on the node's own time limit, and when the caller has gone. */
  readonly signal: AbortSignal;
  /** The run's id and the inputs it was started with, already checked against the graph's input fields. */
  readonly run: { readonly id: string; readonly inputs: Readonly<Record<string, unknown>> };
  readonly model: {
    /** Throws `NodeFailure` when no model could answer. */
    chat(request: ChatRequest): AsyncIterable<ChatPart>;
    embed(request: EmbedRequest): Promise<EmbedReply>;
  };
  readonly log: (level: "debug" | "info" | "warn", message: string) => void;
  readonly now: () => Date;
}
