import type { PersonQuestion } from "@/runtime/node/people";
import { type ReplyOutcome, worseOutcome } from "@/runtime/node/reply/reply-outcome";
import { inWords, valueLimits } from "@/runtime/node/value-limits";
import type { PlanNode } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath } from "@/runtime/run/events";
import { AttemptContext, type AttemptWorld, type RetractOwner } from "./attempt-context";
import { checkNodeInputs, checkNodeOutputs } from "./check-ports";
import type { Values } from "./frame";
import { toRunError } from "./run-error";
import type { NestedRun } from "./scheduler";
import type { Timers } from "./timers";

/** What a failure says of another try. */
export interface RetryWish {
  readonly retryAfterMs?: number;
  /** How often the step should be tried in all, at least. */
  readonly tries?: number;
}

/** Whoever started an attempt. Told once how it ended, unless it was cancelled: then it hears nothing more. */
export interface AttemptOwner {
  succeeded(attempt: Attempt, outputs: Values): void;
  failed(attempt: Attempt, error: RunErrorData, wish: RetryWish): void;
  /** It waits for people. When one has answered, another attempt asks the same and is told. */
  paused(attempt: Attempt, questions: readonly PersonQuestion[]): void;
}

export interface AttemptOptions extends AttemptWorld {
  readonly timers: Timers;
}

const noWish: RetryWish = {};

/** Pieces of an attempt that are told one by one. Later ones are gathered: a record of single letters is many times as large as the text. */
const mostPieces = 50_000;
const gatheredCharacters = 1_000;

/** A node's `run`, called once. */
export class Attempt implements RetractOwner {
  readonly #context: AttemptContext;
  #stream: AsyncGenerator<Values, Values, void> | null = null;
  #text: Map<string, string> | null = null;
  #pieces = 0;
  #gathered: Map<string, string> | null = null;
  #cancelTimer: (() => void) | null = null;
  #over = false;

  constructor(
    readonly node: PlanNode,
    readonly path: NodePath,
    readonly inputs: Values,
    /** What the log calls it. */
    readonly number: number,
    /** Attempts of this execution with it, which is what retries are bounded by. */
    readonly tries: number,
    private readonly options: AttemptOptions,
    private readonly owner: AttemptOwner,
    /** Of a container: its own steps. */
    private readonly nested: NestedRun | null = null,
  ) {
    this.#context = new AttemptContext(options, path, this, nested);
  }

  /** The worst of the replies that models gave the step, or the steps in it. */
  get reply(): ReplyOutcome | null {
    const { reply } = this.#context;
    return this.nested === null ? reply : worseOutcome(reply, this.nested.reply);
  }

  /** All that was streamed so far is void. */
  retract(): void {
    this.#text = null;
    this.#gathered = null;
  }

  start(): void {
    const { node, inputs } = this;
    const wrong = checkNodeInputs(node, inputs);
    if (wrong !== null) {
      this.#fail(wrong);
      return;
    }
    const { timeoutMs } = node.policy;
    if (timeoutMs !== undefined) {
      const error: RunErrorData = {
        code: "node-timeout",
        message: `The step took longer than ${timeoutMs} ms.`,
        node: node.id,
      };
      this.#cancelTimer = this.options.timers.after(timeoutMs, () => this.#fail(error));
    }
    try {
      const running = node.definition?.run({ config: node.config, inputs, ctx: this.#context });
      if (!(running instanceof Promise) && running !== undefined && Symbol.asyncIterator in running) {
        this.#stream = running as AsyncGenerator<Values, Values, void>;
        this.#advance();
      } else {
        (running as Promise<Values>).then(
          (outputs) => this.#succeed(outputs),
          (thrown) => this.#throw(thrown),
        );
      }
    } catch (thrown) {
      this.#throw(thrown);
    }
  }

  cancel(): void {
    this.#finish();
  }

  /** Of a container in which all waits for people: it is heard of no more, and what waits in it stays. */
  suspend(): void {
    this.#letGo();
  }

  #advance(): void {
    if (this.#over) return;
    const { sink } = this.options.events;
    if (sink.full) {
      sink.whenDrained(() => this.#advance());
      return;
    }
    this.#stream?.next().then(
      (result) => this.#step(result),
      (thrown) => this.#throw(thrown),
    );
  }

  #step(result: IteratorResult<Values, Values>): void {
    if (this.#over) return;
    if (result.done === true) {
      this.#succeed(result.value);
      return;
    }
    for (const [port, delta] of Object.entries(result.value)) {
      if (delta === undefined || delta === "") continue;
      if (typeof delta !== "string" || this.node.outputs.get(port)?.kind !== "text") {
        const message = `The step streamed to "${port}", which is not a text output.`;
        this.#fail({ code: "internal", message, node: this.node.id });
        return;
      }
      this.#text ??= new Map();
      const text = (this.#text.get(port) ?? "") + delta;
      this.#text.set(port, text);
      // A model that never stops is stopped here.
      if (text.length > valueLimits.characters) {
        const message = `"${port}" is longer than ${inWords(valueLimits.characters)} characters.`;
        this.#fail({ code: "value-too-large", message, hint: "Set a limit of tokens.", node: this.node.id });
        return;
      }
      this.#tell(port, delta);
    }
    this.#advance();
  }

  #tell(port: string, piece: string): void {
    this.#pieces += 1;
    if (this.#pieces <= mostPieces) {
      this.options.events.nodeDelta(this.path, port, piece);
      return;
    }
    this.#gathered ??= new Map();
    const gathered = (this.#gathered.get(port) ?? "") + piece;
    if (gathered.length < gatheredCharacters) this.#gathered.set(port, gathered);
    else {
      this.#gathered.delete(port);
      this.options.events.nodeDelta(this.path, port, gathered);
    }
  }

  #tellGathered(): void {
    if (this.#gathered === null) return;
    for (const [port, delta] of this.#gathered) this.options.events.nodeDelta(this.path, port, delta);
    this.#gathered = null;
  }

  #succeed(outputs: Values): void {
    if (this.#over) return;
    this.#tellGathered();
    if (this.#pause()) return;
    const wrong = checkNodeOutputs(this.node, outputs, this.#text);
    if (wrong === null) {
      this.#finish();
      this.owner.succeeded(this, outputs);
    } else this.#fail(wrong);
  }

  #throw(thrown: unknown): void {
    if (this.#over) return;
    const error = toRunError(thrown, this.node.id);
    const { retryAfterMs, tries } = (thrown as { options?: RetryWish } | null)?.options ?? {};
    this.#fail(error, {
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(tries === undefined ? {} : { tries }),
    });
  }

  #fail(error: RunErrorData, wish: RetryWish = noWish): void {
    if (this.#over) return;
    this.#tellGathered();
    if (this.#pause()) return;
    this.#finish();
    this.owner.failed(this, error, wish);
  }

  /** However a step ends that has asked somebody: what it does without the answer does not count. */
  #pause(): boolean {
    const { questions } = this.#context;
    if (questions.length === 0) return false;
    this.#finish();
    this.owner.paused(this, questions);
    return true;
  }

  #finish(): void {
    if (this.#over) return;
    this.#letGo();
    this.nested?.close();
  }

  #letGo(): void {
    this.#over = true;
    this.#cancelTimer?.();
    this.#context.end();
    // Not awaited: a generator stuck in its own await settles this only when that settles.
    this.#stream?.return({}).catch(() => {});
  }
}
