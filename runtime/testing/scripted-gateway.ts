import type { z } from "zod";
import type { Completion } from "@/runtime/model/completion";
import type { GatewayOptions, ModelGateway } from "@/runtime/model/endpoint";
import type { WholeOperation } from "@/runtime/model/whole-calls";
import type {
  ChatPart,
  ChatRequest,
  DrawReply,
  DrawRequest,
  EmbedReply,
  EmbedRequest,
  FinishReason,
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
import type { NodeExample } from "@/runtime/node/define-node";
import type { NodeFailure } from "@/runtime/node/node-failure";
import type { Ports } from "@/runtime/node/port";
import { outcomeOf } from "@/runtime/node/reply/reply-outcome";

/** One reply of the script: a whole text, deltas to be sent one by one, or a failure, before or after some deltas. */
export type ScriptedReply =
  | string
  | {
      readonly deltas?: readonly string[];
      readonly failure?: NodeFailure;
      readonly usage?: Usage | null;
      readonly reason?: FinishReason;
      /** Calls that it asks for, behind the words. Arguments are written out as JSON; a text stands as it is. */
      readonly calls?: readonly { readonly id?: string; readonly name: string; readonly arguments: unknown }[];
      /** Thought before the first word. */
      readonly thinking?: readonly string[];
    };

type OtherReplies = Pick<
  NodeExample<z.ZodObject, Ports, Ports>,
  "moderations" | "transcripts" | "rankings" | "drawings" | "sayings"
>;

export interface Script extends OtherReplies {
  /** In call order; a call beyond the last is a bug of the test. */
  readonly replies?: readonly ScriptedReply[];
  /** Text -> vector; a text that is not here is a bug of the test. */
  readonly vectors?: Readonly<Record<string, readonly number[]>>;
  /** Micro-dollars a token. null, the default: the price is unknown. */
  readonly price?: number | null;
  /** Awaited before the first part of a chat, and before any other reply. */
  readonly gate?: (call: { readonly model: string; readonly signal: AbortSignal }) => Promise<void>;
}

/** Stands in for models without standing in for the code that calls them. A token is four characters, rounded, at least one. */
export class ScriptedGateway implements ModelGateway {
  readonly chats: ChatRequest[] = [];
  readonly embeds: EmbedRequest[] = [];
  readonly moderations: ModerateRequest[] = [];
  readonly transcriptions: TranscribeRequest[] = [];
  readonly rerankings: RerankRequest[] = [];
  readonly drawings: DrawRequest[] = [];
  readonly sayings: SpeakRequest[] = [];
  /** Signals of the calls, to see that a cancel reached them. */
  readonly signals: AbortSignal[] = [];

  constructor(private readonly script: Script) {}

  async *chat(request: ChatRequest, { signal, onCall }: GatewayOptions): AsyncGenerator<ChatPart> {
    const reply = this.script.replies?.[this.chats.length];
    this.chats.push(request);
    this.signals.push(signal);
    if (reply === undefined) throw new Error(`The script has no reply for chat ${this.chats.length}.`);
    await this.#pass(request.model, signal);
    const whole: Exclude<ScriptedReply, string> = typeof reply === "string" ? { deltas: split(reply) } : reply;
    const { deltas = [], calls = [], failure, usage: scripted, thinking = [] } = whole;
    const { reason = calls.length > 0 ? "tool-calls" : "stop" } = whole;
    for (const delta of thinking) yield { type: "thinking-delta", delta };
    for (const delta of deltas) {
      signal.throwIfAborted();
      yield { type: "text-delta", delta };
    }
    const inputTokens = countTokens(request.messages.map(({ content }) => content).join(""));
    const usage = scripted === undefined ? { inputTokens, outputTokens: countTokens(deltas.join("")) } : scripted;
    const record = { operation: "chat", ...served(request.model), usage, costMicroUsd: this.#cost(usage) } as const;
    if (failure !== undefined) {
      onCall({
        ...record,
        ...instant,
        usage: null,
        costMicroUsd: null,
        error: { code: failure.code, message: failure.message },
      });
      throw failure;
    }
    for (const [place, call] of calls.entries()) {
      const id = call.id ?? `call_${this.chats.length}_${place + 1}`;
      const text = typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments);
      yield { type: "tool-call", call: { id, name: call.name, arguments: text } };
    }
    const outcome = outcomeOf(reason, deltas.join(""), calls.length);
    onCall({ ...record, ...instant, ...(outcome === null ? {} : { reply: outcome }) });
    yield { type: "finish", reason, outcome, usage, costMicroUsd: record.costMicroUsd, model: fullName(request.model) };
  }

  async complete(request: ChatRequest, options: GatewayOptions): Promise<Completion> {
    const parts: ChatPart[] = [];
    for await (const part of this.chat(request, options)) parts.push(part);
    return { parts };
  }

  async embed(request: EmbedRequest, options: GatewayOptions): Promise<EmbedReply> {
    this.embeds.push(request);
    await this.#begin(request.model, options);
    const vectors = request.input.map((text) => {
      const vector = this.script.vectors?.[text];
      if (vector === undefined) throw new Error(`The script has no vector for ${JSON.stringify(text)}.`);
      return vector;
    });
    return { vectors, ...this.#metered("embed", request.model, request.input, options) };
  }

  async moderate(request: ModerateRequest, options: GatewayOptions): Promise<ModerateReply> {
    const reply = take(this.script.moderations, this.moderations.push(request), "moderation");
    await this.#begin(request.model, options);
    return { ...reply, ...this.#metered("moderate", request.model, request.input, options) };
  }

  async transcribe(request: TranscribeRequest, options: GatewayOptions): Promise<TranscribeReply> {
    const reply = take(this.script.transcripts, this.transcriptions.push(request), "transcript");
    await this.#begin(request.model, options);
    return { ...reply, costMicroUsd: this.#metered("transcribe", request.model, null, options).costMicroUsd };
  }

  async rerank(request: RerankRequest, options: GatewayOptions): Promise<RerankReply> {
    const reply = take(this.script.rankings, this.rerankings.push(request), "ranking");
    await this.#begin(request.model, options);
    const texts = [request.query, ...request.documents];
    return { ...reply, ...this.#metered("rerank", request.model, texts, options) };
  }

  async draw(request: DrawRequest, options: GatewayOptions): Promise<DrawReply> {
    const reply = take(this.script.drawings, this.drawings.push(request), "drawing");
    await this.#begin(request.model, options);
    return { ...reply, ...this.#metered("draw", request.model, null, options) };
  }

  async speak(request: SpeakRequest, options: GatewayOptions): Promise<SpeakReply> {
    const reply = take(this.script.sayings, this.sayings.push(request), "saying");
    await this.#begin(request.model, options);
    return { ...reply, costMicroUsd: this.#metered("speak", request.model, null, options).costMicroUsd };
  }

  async #begin(model: string, { signal }: GatewayOptions): Promise<void> {
    this.signals.push(signal);
    await this.#pass(model, signal);
  }

  /** Reports a call; texts of null are no texts, and nothing is known of their tokens. */
  #metered(operation: WholeOperation, model: string, texts: readonly string[] | null, { onCall }: GatewayOptions) {
    const usage = texts === null ? null : { inputTokens: countTokens(texts.join("")), outputTokens: 0 };
    const costMicroUsd = this.#cost(usage);
    onCall({ operation, ...served(model), usage, costMicroUsd, ...instant, firstTokenMs: null });
    return { usage, costMicroUsd };
  }

  /** Waits at the gate; an abort opens it with a rejection, as it would end a real call. */
  async #pass(model: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.script.gate === undefined) return;
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      this.script.gate?.({ model, signal }).then(resolve, reject);
    });
  }

  #cost(usage: Usage | null): number | null {
    const price = this.script.price ?? null;
    return price === null || usage === null ? null : price * ((usage.inputTokens ?? 0) + (usage.outputTokens ?? 0));
  }
}

/** The reply to call number `count`. */
const take = <T>(replies: readonly T[] | undefined, count: number, what: string): T => {
  const reply = replies?.[count - 1];
  if (reply === undefined) throw new Error(`The script has no ${what} ${count}.`);
  return reply;
};

export const countTokens = (text: string): number => Math.max(1, Math.round(text.length / 4));

/** Replies come in pieces, as they do from a model: word by word. */
const split = (text: string): string[] => text.match(/\s*\S+\s*$|\s*\S+|\s+/g) ?? [];

const instant = { latencyMs: 1, firstTokenMs: 1, cached: false } as const;
const fullName = (model: string): string => (model.includes("/") ? model : `scripted/${model}`);
const served = (model: string): { endpoint: string; model: string } => {
  const name = fullName(model);
  const slash = name.indexOf("/");
  return { endpoint: name.slice(0, slash), model: name.slice(slash + 1) };
};
