import type {
  ChatPart,
  ChatRequest,
  DrawReply,
  DrawRequest,
  EmbedReply,
  EmbedRequest,
  ModerateReply,
  ModerateRequest,
  RerankReply,
  RerankRequest,
  SpeakReply,
  SpeakRequest,
  TranscribeReply,
  TranscribeRequest,
  Usage,
} from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { RunErrorData } from "@/runtime/run/errors";
import type { Completion } from "./completion";

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Told of every call that reached an endpoint, failed ones and fallbacks included, before the part or error that follows from it. */
  readonly onCall?: (record: ModelCallRecord) => void;
  /** Bytes of a picture or recording that the request names. Without it such a request fails. */
  readonly readFile?: (file: FileReference) => Promise<Uint8Array>;
  /** Nobody watches the reply grow: it is asked for in one piece, which spares the work of a stream. */
  readonly whole?: boolean;
  /** A call of a job, which has time: it keeps below the limits that were met, and waits for a model that is busy or away. Left out: a person waits. */
  readonly patience?: Patience;
  /** Names whose call it is, where several share an endpoint's places: an API key. */
  readonly holder?: string;
}

export interface Patience {
  /** Longest that one call waits in all, milliseconds. */
  readonly longestMs: number;
  /** Told when a wait of some length begins and, with null, when it ends. `model` is `<endpoint slug>/<model name>`, `until` in milliseconds since 1970. */
  readonly onWait?: (wait: ModelWait | null) => void;
}

export interface ModelWait {
  readonly model: string;
  readonly until: number;
}

export const modelOperations = ["chat", "embed", "moderate", "transcribe", "rerank", "draw", "speak"] as const;
export type ModelOperation = (typeof modelOperations)[number];

/** One server that speaks the OpenAI protocol. `model` in its requests is the server's own name for the model. */
export interface Endpoint {
  readonly id: string;
  /** Rejects or throws `NodeFailure`. The last part is `finish`. */
  chat(request: ChatRequest, options: CallOptions): AsyncIterable<ChatPart>;
  /** The same in one piece. */
  complete(request: ChatRequest, options: CallOptions): Promise<Completion>;
  embed(request: EmbedRequest, options: CallOptions): Promise<EmbedReply>;
  moderate(request: ModerateRequest, options: CallOptions): Promise<ModerateReply>;
  transcribe(request: TranscribeRequest, options: CallOptions): Promise<TranscribeReply>;
  rerank(request: RerankRequest, options: CallOptions): Promise<RerankReply>;
  draw(request: DrawRequest, options: CallOptions): Promise<DrawReply>;
  speak(request: SpeakRequest, options: CallOptions): Promise<SpeakReply>;
  /** Names of the models it serves. */
  models(options: CallOptions): Promise<readonly string[]>;
  /** Cheap liveness call; rejects when the endpoint must not be used. */
  probe(options: CallOptions): Promise<void>;
}

/** One call that reached an endpoint, successful or not. */
export interface ModelCallRecord {
  readonly operation: ModelOperation;
  readonly endpoint: string;
  readonly model: string;
  readonly usage: Usage | null;
  readonly costMicroUsd: number | null;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly cached: boolean;
  /** How the reply to a chat fell short; left out for one that is whole. */
  readonly reply?: ReplyOutcome;
  readonly error?: RunErrorData;
}

/** What the executor calls: it resolves model references, routes, retries, falls back and meters. */
export interface ModelGateway {
  chat(request: ChatRequest, options: GatewayOptions): AsyncIterable<ChatPart>;
  complete(request: ChatRequest, options: GatewayOptions): Promise<Completion>;
  embed(request: EmbedRequest, options: GatewayOptions): Promise<EmbedReply>;
  moderate(request: ModerateRequest, options: GatewayOptions): Promise<ModerateReply>;
  transcribe(request: TranscribeRequest, options: GatewayOptions): Promise<TranscribeReply>;
  rerank(request: RerankRequest, options: GatewayOptions): Promise<RerankReply>;
  draw(request: DrawRequest, options: GatewayOptions): Promise<DrawReply>;
  speak(request: SpeakRequest, options: GatewayOptions): Promise<SpeakReply>;
}
export interface GatewayOptions extends CallOptions {
  readonly onCall: (record: ModelCallRecord) => void;
}
