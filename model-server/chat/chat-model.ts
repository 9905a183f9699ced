import { randomInt } from "node:crypto";
import type {
  ChatHistoryItem,
  LlamaChat,
  LlamaContext,
  LlamaContextSequence,
  LlamaGrammar,
  LlamaModel,
  Token,
} from "node-llama-cpp";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, contextTooLong, type EndpointError } from "../errors";
import { Grammars } from "./grammars";
import type { LlamaEngine } from "./llama";
import { reusablePrefix } from "./prompt-prefix";
import type { ChatCompletion, ChatMessage } from "./request";
import { type CallPiece, type ToolCall, ToolCallReader } from "./tool-call-reader";

export interface ChatModelOptions {
  readonly path: string;
  readonly threads: number;
  readonly contextSize: number;
  readonly slots: number;
  readonly defaults: ChatDefaults;
}

/** What holds where a request says nothing. */
export interface ChatDefaults {
  readonly temperature: number;
  readonly maxTokens: number;
  /** 1: none. */
  readonly repetitionPenalty: number;
}

export interface ChatAnswer {
  readonly text: string;
  /** What a thinking model thought before. */
  readonly reasoning: string;
  readonly calls: readonly ToolCall[];
  readonly finishReason: "stop" | "length" | "tool_calls";
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What is told of an answer as it comes. */
export interface ChatListener {
  readonly onText: (text: string) => void;
  readonly onReasoning?: (text: string) => void;
  readonly onCall?: (piece: CallPiece) => void;
}

interface Slot {
  readonly sequence: LlamaContextSequence;
  readonly chat: LlamaChat;
  /** The prompt whose whole blocks are in the sequence, exactly as a fresh reading would have put them there. */
  prompt: readonly Token[];
  busy: boolean;
}

/** Tokens read at once. Also how far apart the points are from which an earlier prompt can be continued. */
const CPU_BLOCK = 128;
const GPU_BLOCK = 512;
const REPETITION_WINDOW = 64;

/** A loaded language model. Answers as many requests at once as it has slots. */
export class ChatModel {
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #slots: readonly Slot[];
  readonly #defaults: ChatDefaults;
  readonly #block: number;
  readonly #grammars: Grammars;

  private constructor(
    engine: LlamaEngine,
    model: LlamaModel,
    context: LlamaContext,
    block: number,
    options: ChatModelOptions,
  ) {
    this.#grammars = new Grammars(engine);
    this.#model = model;
    this.#context = context;
    this.#block = block;
    this.#defaults = options.defaults;
    this.#slots = Array.from({ length: options.slots }, () => {
      const sequence = context.getSequence();
      return { sequence, chat: new engine.module.LlamaChat({ contextSequence: sequence }), prompt: [], busy: false };
    });
  }

  static async load(engine: LlamaEngine, options: ChatModelOptions): Promise<ChatModel> {
    // On a CPU the engine keeps a copy of the weights in the order it multiplies them; the mapped file would come on top of it.
    const model = await engine.llama.loadModel({
      modelPath: options.path,
      ...(engine.device.kind === "cpu" && { useMmap: false }),
    });
    try {
      const block = engine.device.kind === "cpu" ? CPU_BLOCK : GPU_BLOCK;
      const context = await model.createContext({
        contextSize: { max: Math.min(options.contextSize, model.trainContextSize) },
        batchSize: block,
        sequences: options.slots,
        ...(engine.device.kind === "cpu" && { threads: options.threads }),
      });
      return new ChatModel(engine, model, context, block, options);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  /** Tokens of messages and answer together. */
  get contextSize(): number {
    return this.#context.contextSize;
  }

  async dispose(): Promise<void> {
    await this.#model.dispose();
  }

  /** Everything that can be refused before the first token: checked before a stream is opened. */
  async prepare(request: ChatCompletion): Promise<Result<PreparedChat, EndpointError>> {
    const grammar = request.tools
      ? await this.#grammars.forTools(request.tools)
      : request.json
        ? await this.#grammars.forJson(request.json)
        : ok(undefined);
    if (!grammar.ok) return grammar;
    const history = toHistory(request.messages);
    let prompt: Token[];
    try {
      const [slot] = this.#slots;
      if (!slot) throw new Error("the model has no slot");
      prompt = slot.chat.chatWrapper
        .generateContextState({ chatHistory: history })
        .contextText.tokenize(this.#model.tokenizer);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(badRequest(`The model's chat template does not take these messages: ${why}`, "messages"));
    }
    const room = this.contextSize - prompt.length - 1;
    if (room < 1) return fail(contextTooLong(prompt.length, this.contextSize));
    const maxTokens = Math.min(request.maxTokens ?? this.#defaults.maxTokens, room);
    return ok({ request, history, prompt, maxTokens, grammar: grammar.value });
  }

  /** Rejects with the signal's reason when the client leaves. */
  async answer(
    { request, history, prompt, maxTokens, grammar }: PreparedChat,
    { signal, onText, onReasoning, onCall }: ChatListener & { readonly signal: AbortSignal },
  ): Promise<ChatAnswer> {
    const reader = request.tools && new ToolCallReader(onText, (piece) => onCall?.(piece));
    let reasoning = "";
    const slot = this.#takeSlot(prompt);
    const { sequence } = slot;
    try {
      await this.#read(slot, prompt, signal);
      const before = sequence.tokenMeter.getState();
      const { response, metadata } = await slot.chat.generateResponse(history, {
        signal,
        maxTokens,
        temperature: request.temperature ?? this.#defaults.temperature,
        seed: (request.seed ?? randomInt(2 ** 32)) >>> 0,
        ...(request.topP !== undefined && { topP: request.topP }),
        ...(request.topK !== undefined && { topK: request.topK }),
        ...(request.minP !== undefined && { minP: request.minP }),
        ...(request.stop.length > 0 && { customStopTriggers: request.stop }),
        ...(grammar && { grammar }),
        repeatPenalty: this.#repeatPenalty(request),
        ...(request.thoughtTokens !== undefined && { budgets: { thoughtTokens: request.thoughtTokens } }),
        onResponseChunk: ({ type, segmentType, text }) => {
          if (type === "segment") {
            if (segmentType !== "thought") return;
            reasoning += text;
            onReasoning?.(text);
          } else if (reader) reader.push(text);
          else onText(text);
        },
      });
      const calls = reader?.calls ?? [];
      const ended = calls.length > 0 ? "tool_calls" : "stop";
      return {
        text: reader ? reader.text : response,
        reasoning,
        calls,
        finishReason: metadata.stopReason === "maxTokens" ? "length" : ended,
        promptTokens: prompt.length,
        completionTokens: sequence.tokenMeter.diff(before).usedOutputTokens,
      };
    } catch (error) {
      slot.prompt = [];
      throw error;
    } finally {
      slot.busy = false;
    }
  }

  /** The free slot that shares most with this prompt. The queue lets in no more requests than there are slots. */
  #takeSlot(prompt: readonly Token[]): Slot {
    const free = this.#slots
      .filter((slot) => !slot.busy)
      .map((slot) => ({ slot, kept: reusablePrefix(slot.prompt, prompt, this.#block) }))
      .sort((left, right) => right.kept - left.kept)[0];
    if (!free) throw new Error("no slot is free");
    free.slot.busy = true;
    return free.slot;
  }

  /** Reads the prompt's whole blocks, looking between them whether the client is still there; the rest is read with the answer. */
  async #read(slot: Slot, prompt: readonly Token[], signal: AbortSignal): Promise<void> {
    const { sequence } = slot;
    const kept = reusablePrefix(slot.prompt, prompt, this.#block);
    slot.prompt = prompt.slice(0, kept);
    if (sequence.nextTokenIndex > kept)
      await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
    for (let start = kept; start + this.#block < prompt.length; start += this.#block) {
      signal.throwIfAborted();
      await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, start + this.#block));
    }
    signal.throwIfAborted();
    slot.prompt = prompt;
  }

  /** A grammar repeats its braces and quotes by nature, so it gets no default penalty. */
  #repeatPenalty(request: ChatCompletion) {
    const penalty = request.repetitionPenalty ?? (request.json || request.tools ? 1 : this.#defaults.repetitionPenalty);
    const { frequencyPenalty, presencePenalty } = request;
    if (penalty === 1 && !frequencyPenalty && !presencePenalty) return false;
    return {
      penalty,
      lastTokens: REPETITION_WINDOW,
      ...(frequencyPenalty && { frequencyPenalty }),
      ...(presencePenalty && { presencePenalty }),
    };
  }
}

export interface PreparedChat {
  readonly request: ChatCompletion;
  readonly history: ChatHistoryItem[];
  readonly prompt: Token[];
  readonly maxTokens: number;
  readonly grammar: LlamaGrammar | undefined;
}

/** A last message of the assistant is continued; else an empty one is begun. */
function toHistory(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const history = messages.map(({ role, text }): ChatHistoryItem => {
    switch (role) {
      case "system":
        return { type: "system", text };
      case "user":
        return { type: "user", text };
      case "assistant":
        return { type: "model", response: [text] };
      default:
        return role satisfies never;
    }
  });
  if (history.at(-1)?.type !== "model") history.push({ type: "model", response: [] });
  return history;
}
