import type { ChatPart, FinishReason, Usage } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { outcomeOf } from "@/runtime/node/reply/reply-outcome";
import { type ReplyPiece, ThinkingSplitter } from "@/runtime/node/reply/thinking-splitter";
import { toolLimits } from "@/runtime/node/tool";
import { CallsInText } from "./calls-in-text";
import { type FailureContext, protocolFailure, streamedFailure } from "./endpoint-failure";
import { readChunk } from "./openai-chunk";
import { mergeUsage, plausibleUsage } from "./openai-usage";
import { StopScanner } from "./stop-scanner";
import { ToolCallCollector } from "./tool-call-collector";

/** Bound of one reply, its thinking included, against a server that never ends. */
export const maxReplyCharacters = 4_000_000;

interface ReplyReaderOptions {
  readonly beginsThinking?: boolean;
  /** Texts that the answer ends before, where the server does not see to it. */
  readonly stop?: readonly string[];
  /** Tools were offered: calls that the server left in the answer's text are read from there. */
  readonly offersTools?: boolean;
  /** Calls of the conversation so far. */
  readonly callsBefore?: number;
}

/** Reads one reply, chunk by chunk: its thinking, its answer, and how it ended. */
export class ReplyReader {
  /** Characters of the answer so far. */
  characters = 0;
  readonly #splitter: ThinkingSplitter;
  readonly #stop: StopScanner | null;
  #thought = 0;
  #reason: FinishReason | null = null;
  #usage: Usage | null = null;
  #hasWords = false;
  readonly #calls: ToolCallCollector;
  /** null: no tools were offered, so the text is text. */
  readonly #callsInText: CallsInText | null;

  constructor(
    private readonly context: FailureContext,
    { beginsThinking = false, stop = [], offersTools = false, callsBefore = 0 }: ReplyReaderOptions = {},
  ) {
    this.#callsInText = offersTools ? new CallsInText() : null;
    this.#calls = new ToolCallCollector(callsBefore);
    this.#splitter = new ThinkingSplitter(beginsThinking);
    this.#stop = stop.length === 0 ? null : new StopScanner(stop);
  }

  /** Whether the answer came to one of the texts that end it. */
  get isStopped(): boolean {
    return this.#stop?.stopped === true;
  }

  /** The model thinks first, and its template has opened the thinking for it. */
  get opensThinkingInPrompt(): boolean {
    return this.#splitter.unopened;
  }

  *read(chunk: unknown): Generator<ChatPart> {
    const content = readChunk(chunk);
    if (content.error !== undefined) throw streamedFailure(content.error, this.context);
    // The end of a refusal is told by a chunk of its own.
    if (this.#reason !== "refusal" || content.reason === "content-filter")
      this.#reason = content.reason ?? this.#reason;
    this.#usage = mergeUsage(this.#usage, content.usage);
    if (content.thinking !== "") yield* this.#tell([{ kind: "thinking", text: content.thinking }]);
    if (content.text !== "") yield* this.#tell(this.#splitter.push(content.text));
    for (const fragment of content.toolCalls) this.#calls.push(fragment);
    this.#checkBound();
  }

  /** `whole`: the reply came in one piece, so nothing of it can be missing. */
  *end(whole: boolean): Generator<ChatPart> {
    if (!this.isStopped && this.#reason === null && this.#usage === null && (!whole || this.characters === 0)) {
      throw new NodeFailure(
        "model-unavailable",
        `The stream of the endpoint "${this.context.name}" ended before the reply did.`,
      );
    }
    const reason = this.isStopped ? "stop" : (this.#reason ?? (whole ? "stop" : "unsaid"));
    yield* this.#tell(this.#splitter.end(reason === "length"));
    const held = this.#stop?.end() ?? "";
    const rest = this.#callsInText === null ? held : this.#callsInText.push(held);
    if (rest !== "") yield this.#say(rest);
    yield* this.#tellCallsInText();
    const calls = this.#calls.end();
    for (const call of calls) {
      if (call.arguments.length > toolLimits.arguments) {
        throw protocolFailure(`sent a tool call of more than ${toolLimits.arguments} characters`, this.context);
      }
      yield { type: "tool-call", call };
    }
    const outcome = outcomeOf(reason, this.#hasWords ? "words" : "", calls.length);
    const usage = plausibleUsage(this.#usage, this.characters + this.#thought + this.#calls.characters);
    // Many servers end a reply that asks for tools as they end any other.
    const ended =
      calls.length > 0 && (reason === "stop" || reason === "unsaid" || reason === "other") ? "tool-calls" : reason;
    yield { type: "finish", reason: ended, outcome, usage, costMicroUsd: null, model: this.context.model ?? "" };
  }

  /** A server without a parser for its model's calls leaves them in the text. Those that it took out itself win. */
  *#tellCallsInText(): Generator<ChatPart> {
    if (this.#callsInText === null) return;
    const { text, calls } = this.#callsInText.end();
    if (text !== "") yield this.#say(text);
    if (this.#calls.size > 0) return;
    for (const [index, call] of calls.entries()) this.#calls.push({ index, id: "", ...call });
  }

  #checkBound(): void {
    const held = this.#calls.characters + (this.#callsInText?.held ?? 0);
    if (this.characters + this.#thought + held > maxReplyCharacters)
      throw protocolFailure("sent an endless reply", this.context);
  }

  #say(text: string): ChatPart {
    this.characters += text.length;
    this.#hasWords ||= text.trim() !== "";
    return { type: "text-delta", delta: text };
  }

  *#tell(pieces: readonly ReplyPiece[]): Generator<ChatPart> {
    for (const piece of pieces) {
      switch (piece.kind) {
        case "thinking":
          this.#thought += piece.text.length;
          yield { type: "thinking-delta", delta: piece.text };
          break;
        case "text": {
          const passed = this.#stop === null ? piece.text : this.#stop.push(piece.text);
          const text = this.#callsInText === null ? passed : this.#callsInText.push(passed);
          if (text !== "") yield this.#say(text);
          break;
        }
        case "retract-text":
          this.#hasWords = false;
          this.#callsInText?.void();
          yield { type: "retract", what: "text" };
          break;
        case "retract-thinking":
          yield { type: "retract", what: "thinking" };
          break;
        default:
          piece satisfies never;
      }
      this.#checkBound();
    }
  }
}
