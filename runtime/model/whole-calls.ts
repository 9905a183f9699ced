import type {
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
} from "@/runtime/node/context";

/** Operations answered in one piece; `chat` is the one that streams. */
export const wholeOperations = ["embed", "moderate", "transcribe", "rerank", "draw", "speak"] as const;
export type WholeOperation = (typeof wholeOperations)[number];

interface Forms {
  readonly embed: { readonly request: EmbedRequest; readonly reply: EmbedReply };
  readonly moderate: { readonly request: ModerateRequest; readonly reply: ModerateReply };
  readonly transcribe: { readonly request: TranscribeRequest; readonly reply: TranscribeReply };
  readonly rerank: { readonly request: RerankRequest; readonly reply: RerankReply };
  readonly draw: { readonly request: DrawRequest; readonly reply: DrawReply };
  readonly speak: { readonly request: SpeakRequest; readonly reply: SpeakReply };
}

export type WholeRequest<Operation extends WholeOperation = WholeOperation> = Forms[Operation]["request"];
export type WholeReply<Operation extends WholeOperation = WholeOperation> = Forms[Operation]["reply"];

/** The whole operations of an endpoint or a gateway, under their names. */
export type WholeCalls<Options> = {
  readonly [Operation in WholeOperation]: (
    request: WholeRequest<Operation>,
    options: Options,
  ) => Promise<WholeReply<Operation>>;
};

/** Every whole operation, made by one function: what a middleware does, it does to all of them alike. */
export const wholeCalls = <Options>(
  make: <Operation extends WholeOperation>(
    operation: Operation,
  ) => (request: WholeRequest<Operation>, options: Options) => Promise<WholeReply<Operation>>,
): WholeCalls<Options> => ({
  embed: make("embed"),
  moderate: make("moderate"),
  transcribe: make("transcribe"),
  rerank: make("rerank"),
  draw: make("draw"),
  speak: make("speak"),
});

/** Calls an operation by its name. */
export const callWhole = <Operation extends WholeOperation, Options>(
  target: WholeCalls<Options>,
  operation: Operation,
  request: WholeRequest<Operation>,
  options: Options,
): Promise<WholeReply<Operation>> => target[operation](request, options);
