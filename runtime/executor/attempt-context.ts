import type { ModelGateway } from "@/runtime/model/endpoint";
import type { NodeContext } from "@/runtime/node/context";
import type { NodePath, RunEventBody } from "@/runtime/run/events";

export interface AttemptWorld {
  readonly models: ModelGateway;
  readonly run: NodeContext["run"];
  readonly now: () => number;
  readonly emit: (event: RunEventBody) => void;
}

/** One for all: making it, with its stack, for every step would cost more than a small step. */
const ended = new DOMException("The step has ended.", "AbortError");

const mostLogs = 1000;
const longestLog = 4000;

/**
 * The world as one attempt sees it. Members are made when they are first asked for: most nodes need few of them, and an
 * AbortController costs more than a small node.
 */
export class AttemptContext implements NodeContext {
  #controller: AbortController | null = null;
  #over = false;
  #logs = 0;

  constructor(
    private readonly world: AttemptWorld,
    private readonly path: NodePath,
  ) {}

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#over) this.#controller.abort(ended);
    }
    return this.#controller.signal;
  }

  get run(): NodeContext["run"] {
    return this.world.run;
  }

  get model(): NodeContext["model"] {
    const { models } = this.world;
    const options = {
      signal: this.signal,
      onCall: (record: Parameters<Parameters<ModelGateway["chat"]>[1]["onCall"]>[0]) =>
        this.#emit({ type: "model-call", path: this.path, ...record }),
    };
    return {
      chat: (request) => models.chat(request, options),
      embed: (request) => models.embed(request, options),
    };
  }

  get log(): NodeContext["log"] {
    return (level, message) => {
      if (this.#logs++ >= mostLogs) return;
      this.#emit({ type: "log", path: this.path, level, message: message.slice(0, longestLog) });
    };
  }

  get now(): NodeContext["now"] {
    return () => new Date(this.world.now());
  }

  /** Nothing that a node left running is heard of any more. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller?.abort(ended);
  }

  #emit(event: RunEventBody): void {
    if (!this.#over) this.world.emit(event);
  }
}
