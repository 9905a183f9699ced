import {
  type Capabilities,
  type CapabilityName,
  capabilities,
  type RunServices,
} from "@/runtime/capability/capabilities";
import type { ServiceCall } from "@/runtime/capability/service-call";
import type { GatewayOptions, ModelCallRecord, ModelGateway } from "@/runtime/model/endpoint";
import type { AnswerPart, ChatRequest, NodeContext } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type PersonAnswer, type PersonQuestion, peopleLimits, unasked } from "@/runtime/node/people";
import { type ReplyOutcome, worseOutcome } from "@/runtime/node/reply/reply-outcome";
import { inWords, valueLimits } from "@/runtime/node/value-limits";
import { valueCharacters } from "@/runtime/node/value-size";
import type { NodePath, RunEventBody } from "@/runtime/run/events";
import { nodeOfSegment } from "@/runtime/run/frame-path";
import { answerKey } from "@/runtime/run/resume";
import { sentPrompt } from "@/runtime/run/sent-prompt";
import type { EventWriter } from "./event-writer";
import type { NestedRun } from "./scheduler";
import { AttemptRecords, type StepRecordsWorld } from "./step-records";
import { ThinkingRecord } from "./thinking-record";

export interface AttemptWorld extends StepRecordsWorld {
  readonly models: ModelGateway;
  readonly services: RunServices;
  readonly run: NodeContext["run"];
  readonly now: () => number;
  readonly events: EventWriter;
  /** What people answered so far, by `answerKey`. */
  readonly answers: ReadonlyMap<string, PersonAnswer>;
  /** Whether the run may wait for people. */
  readonly pauses: boolean;
}

/** Told when all that was streamed so far is void. */
export interface RetractOwner {
  retract(): void;
}

/** One for all: making it, with its stack, for every step would cost more than a small step. */
const ended = new DOMException("The step has ended.", "AbortError");

const missing = (what: string): never => {
  throw new NodeFailure("internal", `This run has no access to ${what}.`);
};

/** The step has asked somebody and has no answer yet: it stops here, and is tried again when there is one. */
const waitsForPeople = new Error("The step waits for a person.");
const noQuestions: readonly PersonQuestion[] = [];

const mostLogs = 1000;
const longestLog = 4000;
const shortened = (message: string): string =>
  message.length <= longestLog
    ? message
    : `${message.slice(0, longestLog)} [… cut: ${inWords(message.length - longestLog)} characters …]`;

/** Whoever gathers the words of a model gathers no more than a value may hold, thoughts among them. */
const withinBound = (characters: number): number => {
  if (characters <= valueLimits.characters) return characters;
  const message = `The model's reply is longer than ${inWords(valueLimits.characters)} characters.`;
  throw new NodeFailure("value-too-large", message, { hint: "Set a limit of tokens." });
};

/** A capability by a name that is only known when it runs: that name and service belong together is seen to by `RunServices`. */
interface Bindable {
  readonly called: string;
  readonly bind: (provided: object, call: () => ServiceCall) => object;
}

/** Has a getter for each capability. */
abstract class Bound {
  protected abstract bound(name: CapabilityName): object;
}
for (const name of Object.keys(capabilities) as CapabilityName[]) {
  Object.defineProperty(Bound.prototype, name, {
    get(this: { bound(name: CapabilityName): object }) {
      return this.bound(name);
    },
  });
}
const WithCapabilities = Bound as abstract new () => Bound & Capabilities;

/**
 * The world as one attempt sees it. Members are made when they are first asked for: most nodes need few of them, and an
 * AbortController costs more than a small node.
 */
export class AttemptContext extends WithCapabilities implements NodeContext {
  #controller: AbortController | null = null;
  #over = false;
  #logs = 0;
  #questions: PersonQuestion[] | null = null;
  #records: AttemptRecords | null = null;
  /** The worst of the replies that models gave the step. */
  reply: ReplyOutcome | null = null;

  constructor(
    private readonly world: AttemptWorld,
    private readonly path: NodePath,
    private readonly owner: RetractOwner | null = null,
    private readonly nested: NestedRun | null = null,
  ) {
    super();
  }

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
    const { models, services } = this.world;
    const { files } = services;
    const options = {
      signal: this.signal,
      ...(files ? { readFile: (file: FileReference) => files.read(file) } : {}),
      onCall: (record: ModelCallRecord) => this.#emit({ type: "model-call", path: this.path, ...record }),
    };
    return {
      chat: (request) => this.#chat(request, options),
      embed: (request) => models.embed(request, options),
      moderate: (request) => models.moderate(request, options),
      transcribe: (request) => models.transcribe(request, options),
      rerank: (request) => models.rerank(request, options),
      draw: (request) => models.draw(request, options),
      speak: (request) => models.speak(request, options),
    };
  }

  /** The answer of a model. What it thinks is told the run, not the step. */
  async *#chat(request: ChatRequest, options: GatewayOptions): AsyncGenerator<AnswerPart> {
    const { path } = this;
    const thinking = new ThinkingRecord();
    let characters = 0;
    let told = false;
    const onCall = (record: ModelCallRecord) => {
      const prompt = told ? {} : { prompt: sentPrompt(request) };
      told = true;
      this.#emit({ type: "model-call", path, ...record, ...prompt, ...thinking.take(record.usage) });
    };
    for await (const part of this.world.models.chat(request, { ...options, onCall })) {
      switch (part.type) {
        case "thinking-delta":
          characters = withinBound(characters + part.delta.length);
          thinking.think(part.delta);
          this.#emit({ type: "node-thinking", path, delta: part.delta });
          break;
        case "retract": {
          if (part.what === "text") this.owner?.retract();
          this.#emit({ type: "node-retract", path, what: part.what });
          const moved = thinking.retract(part.what);
          if (moved !== "") this.#emit({ type: "node-thinking", path, delta: moved });
          yield part;
          break;
        }
        case "text-delta":
          characters = withinBound(characters + part.delta.length);
          thinking.say(part.delta);
          yield part;
          break;
        case "tool-call":
          // Words before a call are no answer: they are told as what the model thought on its way.
          if (thinking.said !== "") {
            this.owner?.retract();
            this.#emit({ type: "node-retract", path, what: "text" });
            this.#emit({ type: "node-thinking", path, delta: thinking.retract("text") });
            yield { type: "retract", what: "text" };
          }
          characters = withinBound(characters + part.call.arguments.length);
          yield part;
          break;
        case "finish":
          this.reply = worseOutcome(this.reply, part.outcome);
          yield part;
          break;
        default:
          part satisfies never;
      }
    }
  }

  protected bound(name: CapabilityName): object {
    const { called, bind } = capabilities[name] as Bindable;
    return bind(this.world.services[name] ?? missing(called), () => this.#serviceCall());
  }

  get once(): NodeContext["once"] {
    this.#records ??= new AttemptRecords(this.world, this.path, (event) => this.#emit(event));
    return this.#records;
  }

  get people(): NodeContext["people"] {
    return { ask: async (question) => this.#ask(question) };
  }

  /** What the step asked people and has no answer to. */
  get questions(): readonly PersonQuestion[] {
    return this.#questions ?? noQuestions;
  }

  #ask(question: PersonQuestion): PersonAnswer {
    const { answers, pauses } = this.world;
    const known = answers.size === 0 ? undefined : answers.get(answerKey(this.path, question.key));
    if (known !== undefined) return known;
    if (!pauses) return unasked(question);
    this.#questions ??= [];
    if (valueCharacters(question, peopleLimits.characters) > peopleLimits.characters) {
      const message = `What a person is shown is longer than ${inWords(peopleLimits.characters)} characters.`;
      throw new NodeFailure("value-too-large", message, { hint: "Show less of it, or a summary." });
    }
    if (this.#questions.length >= peopleLimits.questions)
      throw new NodeFailure("node-failed", `The step asks people more than ${peopleLimits.questions} things at once.`);
    if (!this.#questions.some(({ key }) => key === question.key)) this.#questions.push(question);
    throw waitsForPeople;
  }

  get frames(): NodeContext["frames"] {
    const { nested } = this;
    if (nested === null) return missing("steps of its own");
    return {
      body: nested.body.interface,
      content: nested.body.content,
      expect: (total, atMost = false) => nested.expect(total, atMost),
      run: (index, inputs, only) => nested.run(index, inputs, only),
      lookedUp: (found) => this.#emit({ type: "cache-lookup", path: this.path, ...found }),
    };
  }

  #serviceCall(): ServiceCall {
    const { embed, rerank } = this.model;
    const user = this.world.run.conversation?.user ?? "";
    const step = this.path.map(nodeOfSegment).join("/");
    return { signal: this.signal, step, ...(user === "" ? {} : { user }), embed, rerank };
  }

  get log(): NodeContext["log"] {
    return (level, message) => {
      this.#logs += 1;
      if (this.#logs > mostLogs) return;
      const isLast = this.#logs === mostLogs;
      const kept = isLast ? `[… cut: lines after the first ${mostLogs - 1} are left out …]` : shortened(message);
      this.#emit({ type: "log", path: this.path, level: isLast ? "warn" : level, message: kept });
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
    if (!this.#over) this.world.events.emit(event);
  }
}
