import type { Completion } from "@/runtime/model/completion";
import type { CallOptions, Endpoint } from "@/runtime/model/endpoint";
import type { WholeOperation, WholeReply } from "@/runtime/model/whole-calls";
import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunErrorCode } from "@/runtime/run/errors";

/** How one call goes: this many tokens, then a finish or a failure; held open until `gate` resolves. */
export interface ScriptedCall {
  readonly tokens?: number;
  readonly failure?: RunErrorCode;
  readonly retryAfterMs?: number;
  readonly gate?: Promise<void>;
}

const usage = { inputTokens: 10, outputTokens: 0 } as const;
const wholeReplies: { readonly [Operation in WholeOperation]: WholeReply<Operation> } = {
  embed: { vectors: [[1, 0]], usage, costMicroUsd: null },
  moderate: { results: [{ flagged: true, scores: { toxicity: 0.95 } }], usage, costMicroUsd: null },
  transcribe: { text: "hello", language: "en", durationSeconds: 1, segments: [], costMicroUsd: null },
  rerank: { results: [{ index: 0, score: 1 }], usage, costMicroUsd: null },
  draw: {
    pictures: [{ mediaType: "image/png", extension: "png", bytes: Uint8Array.of(1) }],
    revisedPrompt: null,
    notes: [],
    usage,
    costMicroUsd: null,
  },
  speak: {
    sound: { mediaType: "audio/mpeg", extension: "mp3", bytes: Uint8Array.of(1) },
    notes: [],
    costMicroUsd: null,
  },
};

/** An endpoint that follows a script, one entry a call; the last one repeats. Counts its calls and what was under way at once. */
export class ScriptedEndpoint implements Endpoint {
  calls = 0;
  inFlight = 0;
  mostInFlight = 0;
  probes = 0;

  constructor(
    readonly id: string,
    private script: readonly ScriptedCall[] = [{}],
  ) {}

  follow(...script: readonly ScriptedCall[]): void {
    this.script = script;
    this.calls = 0;
  }

  #next(): ScriptedCall {
    const call = this.script[Math.min(this.calls, this.script.length - 1)] ?? {};
    this.calls += 1;
    return call;
  }

  #failure({ failure = "internal", retryAfterMs }: ScriptedCall): NodeFailure {
    return new NodeFailure(failure, `${this.id} said ${failure}.`, retryAfterMs === undefined ? {} : { retryAfterMs });
  }

  chat = (request: ChatRequest, { signal }: CallOptions): AsyncIterable<ChatPart> => this.#chat(request, signal);

  complete = async (request: ChatRequest, { signal }: CallOptions): Promise<Completion> => {
    const parts: ChatPart[] = [];
    try {
      for await (const part of this.#chat(request, signal)) parts.push(part);
    } catch (error) {
      if (parts.length === 0) throw error;
      return { parts, failure: error as NodeFailure };
    }
    return { parts };
  };

  async *#chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatPart> {
    const call = this.#next();
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await call.gate;
      if (signal.aborted) throw new NodeFailure("aborted", "The call was aborted.");
      const tokens = call.tokens ?? 2;
      for (let token = 0; token < tokens; token += 1) yield { type: "text-delta", delta: `${this.id}${token} ` };
      if (call.failure !== undefined) throw this.#failure(call);
      const usage = { inputTokens: 10, outputTokens: tokens };
      yield { type: "finish", reason: "stop", outcome: null, usage, costMicroUsd: null, model: request.model };
    } finally {
      this.inFlight -= 1;
    }
  }

  async #whole<Operation extends WholeOperation>(operation: Operation): Promise<WholeReply<Operation>> {
    const call = this.#next();
    await call.gate;
    if (call.failure !== undefined) throw this.#failure(call);
    return wholeReplies[operation];
  }

  embed = () => this.#whole("embed");
  moderate = () => this.#whole("moderate");
  transcribe = () => this.#whole("transcribe");
  rerank = () => this.#whole("rerank");
  draw = () => this.#whole("draw");
  speak = () => this.#whole("speak");

  models = async () => [this.id];

  probe = async () => {
    this.probes += 1;
    const call = this.script[0] ?? {};
    if (call.failure !== undefined) throw this.#failure(call);
  };
}
