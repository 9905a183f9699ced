import type { ChatPart, ChatRequest, EmbedReply, EmbedRequest, Usage } from "@/runtime/node/context";
import type { RunErrorData } from "@/runtime/run/errors";

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Told of every call that reached an endpoint, failed ones and fallbacks included, before the part or error that follows from it. */
  readonly onCall?: (record: ModelCallRecord) => void;
}

/** One server that speaks the OpenAI protocol. `model` in its requests is the server's own name for the model. */
export interface Endpoint {
  readonly id: string;
  /** Rejects or throws `NodeFailure`. The last part is `finish`. */
  chat(request: ChatRequest, options: CallOptions): AsyncIterable<ChatPart>;
  embed(request: EmbedRequest, options: CallOptions): Promise<EmbedReply>;
  /** Names of the models it serves. */
  models(options: CallOptions): Promise<readonly string[]>;
  /** Cheap liveness call; rejects when the endpoint must not be used. */
  probe(options: CallOptions): Promise<void>;
}

/** One call that reached an endpoint, successful or not. */
export interface ModelCallRecord {
  readonly operation: "chat" | "embed";
  readonly endpoint: string;
  readonly model: string;
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly cached: boolean;
  readonly error?: RunErrorData;
}

/** What the executor calls: it resolves model references, routes, retries, falls back and meters. */
export interface ModelGateway {
  chat(request: ChatRequest, options: GatewayOptions): AsyncIterable<ChatPart>;
  embed(request: EmbedRequest, options: GatewayOptions): Promise<EmbedReply>;
}
export interface GatewayOptions extends CallOptions {
  readonly onCall: (record: ModelCallRecord) => void;
}
