import { estimateTokens } from "@/runtime/knowledge/chunk/estimate-tokens";
import type { BodyInterface } from "@/runtime/node/body";
import type { ChatRequest, JsonSchema, NodeContext, Usage } from "@/runtime/node/context";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import type { ToolOutcome } from "@/runtime/node/once";
import type { PersonAnswer } from "@/runtime/node/people";
import { peopleLimits } from "@/runtime/node/people";
import type { Message } from "@/runtime/node/port";
import { type ToolCall, toolLimits } from "@/runtime/node/tool";
import { settleReply } from "../reply-policy";
import { structuredReply } from "../structured-reply";
import { type AgentTool, asksPerson, chatToolOf } from "./agent-tool";
import { type AgentLimit, type AgentLimits, limitMessage, Spending } from "./limits";
import { failed, makeCall, readArguments, refused } from "./make-call";

export interface AgentSettings {
  readonly request: Omit<ChatRequest, "messages" | "tools" | "toolChoice" | "responseSchema">;
  readonly messages: readonly Message[];
  readonly tools: readonly AgentTool[];
  readonly limits: AgentLimits;
  readonly onLimit: "fail" | "answer";
  /** The answer must be JSON of it. */
  readonly schema: JsonSchema | null;
  /** Seconds until nobody is waited for who might allow a call. */
  readonly dueSeconds: number;
}

export interface AgentAnswer {
  readonly text: string;
  readonly json?: unknown;
  readonly endedBy: AgentLimit | "answer";
  readonly calls: { name: string; outcome: ToolOutcome["outcome"] }[];
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
  readonly cost?: number;
}

/** What is kept of a turn. */
interface Turn {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly usage: Usage | null;
  readonly microUsd: number | null;
  readonly milliseconds: number;
  /** Its time was up before it had ended. */
  readonly isStopped?: true;
}

/** An answer that was no JSON of the schema, asked once more: its turns are kept, but not given again. */
interface RefusedAnswer {
  /** Names of them, the one that answered first. */
  readonly turns: readonly [string, string];
}

/** Calls of one tool with the same arguments that are made in earnest. */
const mostAlike = 3;
/** Tokens of the one reply that is asked for when a limit was met: so much is beyond it. */
const lastReplyTokens = 1_024;

type World = Pick<NodeContext, "model" | "once" | "people" | "web" | "code" | "mcp" | "log" | "now" | "frames">;

/** A call that may be made. */
interface ReadyCall {
  readonly call: ToolCall;
  readonly tool: AgentTool;
  readonly given: Readonly<Record<string, unknown>>;
  /** The place that a pipeline runs under: counted over all turns, so that it is the same in every attempt. */
  readonly frame: number;
}

/**
 * Asks a model, makes the calls that it asks for, and asks again, until it answers or a limit is met. A turn or call that has ended is never repeated, but for
 * the turns of an answer that was refused: where the step is tried again, they are asked anew.
 */
export class Agent {
  readonly #spent: Spending;
  readonly #messages: Message[];
  readonly #calls: AgentAnswer["calls"] = [];
  readonly #alike = new Map<string, number>();
  readonly #usage = { inputTokens: 0, outputTokens: 0 };
  readonly #refused: readonly RefusedAnswer[];
  #isCounted = true;
  #frames = 0;

  constructor(
    private readonly settings: AgentSettings,
    private readonly ctx: World,
  ) {
    this.#spent = new Spending(settings.limits, () => ctx.now().getTime());
    this.#messages = [...settings.messages];
    const refused: RefusedAnswer[] = [];
    for (;;) {
      const kept = ctx.once.kept<RefusedAnswer>(refusedKey(refused.length));
      if (kept === undefined) break;
      refused.push(kept);
    }
    this.#refused = refused;
  }

  async *run(): AsyncGenerator<{ readonly text: string }, AgentAnswer, void> {
    for (;;) {
      const name = `turn-${this.#spent.turns + 1}`;
      this.#countRefused(name);
      const met = this.#spent.met;
      if (met !== null) return yield* this.#endBy(met);
      const turn = yield* this.#turn(name, "auto");
      // Half an answer has been shown: where the agent may answer with what it knows, that is it.
      if (turn.isStopped === true && (turn.text === "" || this.settings.onLimit === "fail"))
        return yield* this.#endBy("seconds");
      if (turn.calls.length === 0)
        return yield* this.#answer(name, turn, turn.isStopped === true ? "seconds" : "answer");
      if (this.#spent.callsLeft <= 0) return yield* this.#endBy("calls");
      await this.#makeCalls(turn.calls);
    }
  }

  /** One turn: as it was kept, or asked now. The words of one that calls tools are thinking, not the answer. */
  async *#turn(
    name: string,
    toolChoice: "auto" | "none",
    schema: JsonSchema | null = null,
  ): AsyncGenerator<{ readonly text: string }, Turn, void> {
    const key = turnKey(name, this.#refused.filter(({ turns }) => turns.includes(name)).length);
    const kept = this.ctx.once.kept<Turn>(key);
    const turn = kept ?? this.ctx.once.keep(key, yield* this.#ask(toolChoice, schema));
    // An answer that is JSON is told when it has been checked.
    if (kept !== undefined && turn.calls.length === 0 && this.settings.schema === null && turn.text !== "")
      yield { text: turn.text };
    if (kept !== undefined) this.#spent.workedMs += turn.milliseconds;
    this.#spent.turns += 1;
    this.#count(turn);
    if (this.#spent.isPriceUnknown && this.#spent.turns === 1 && kept === undefined)
      this.ctx.log("info", "The price of the model is not known, so the limit of money does not hold.");
    this.#messages.push({
      role: "assistant",
      content: turn.text,
      ...(turn.calls.length > 0 ? { toolCalls: [...turn.calls] } : {}),
    });
    return turn;
  }

  /** What a turn has used, before its words are among the messages. */
  #count({ text, usage, microUsd }: Turn): void {
    const estimated = estimateTokens(JSON.stringify(this.#messages)) + estimateTokens(text);
    this.#spent.use(usage, microUsd, estimated);
    const { inputTokens = null, outputTokens = null } = usage ?? {};
    this.#isCounted &&= inputTokens !== null && outputTokens !== null;
    this.#usage.inputTokens += inputTokens ?? 0;
    this.#usage.outputTokens += outputTokens ?? 0;
  }

  /** Answers of this turn that were refused in earlier attempts: they are asked anew within the same limits of tokens, money and time. */
  #countRefused(name: string): void {
    const times = new Map<string, number>();
    for (const { turns } of this.#refused)
      for (const each of turns) {
        const time = times.get(each) ?? 0;
        times.set(each, time + 1);
        const turn = turns[0] === name ? this.ctx.once.kept<Turn>(turnKey(each, time)) : undefined;
        if (turn === undefined) continue;
        this.#count(turn);
        this.#spent.workedMs += turn.milliseconds;
      }
  }

  async *#ask(
    toolChoice: "auto" | "none",
    schema: JsonSchema | null,
  ): AsyncGenerator<{ readonly text: string }, Turn, void> {
    const { request, tools } = this.settings;
    const began = this.ctx.now().getTime();
    const streams = this.settings.schema === null;
    const isLast = toolChoice === "none";
    const most = isLast ? lastReplyTokens : Math.max(1, this.#spent.tokensLeft);
    const maxTokens = Math.min(request.maxTokens ?? Number.POSITIVE_INFINITY, most);
    const offered = tools.map((tool) => chatToolOf(tool, this.#body));
    const asked: ChatRequest = {
      ...request,
      ...(Number.isFinite(maxTokens) ? { maxTokens } : {}),
      messages: this.#messages,
      ...(offered.length > 0 ? { tools: offered, toolChoice } : {}),
      ...(schema === null ? {} : { responseSchema: schema }),
    };
    let text = "";
    let isStopped = false;
    const calls: ToolCall[] = [];
    let finish: Parameters<typeof settleReply>[0]["finish"] = null;
    for await (const part of this.ctx.model.chat(asked)) {
      if (part.type === "finish") finish = part;
      else if (part.type === "retract") text = part.what === "text" ? "" : text;
      else if (part.type === "tool-call") calls.push(part.call);
      else {
        text += part.delta;
        if (streams) yield { text: part.delta };
      }
      if (part.type === "finish" || isLast || this.#spent.millisecondsLeft > 0) continue;
      isStopped = true;
      break;
    }
    if (calls.length === 0 && !isStopped)
      settleReply(
        { text, finish, maxTokens: asked.maxTokens },
        { onCut: "warn", onFiltered: "fail", onEmpty: "fail" },
        this.ctx.log,
      );
    const turn = this.#spent.turns + 1;
    return {
      text: calls.length > 0 ? "" : text,
      calls: calls.slice(0, toolLimits.callsInTurn).map((call, index) => ({ ...call, id: callId(turn, index) })),
      usage: finish?.usage ?? null,
      microUsd: finish?.costMicroUsd ?? null,
      milliseconds: this.ctx.now().getTime() - began,
      ...(isStopped ? { isStopped: true as const } : {}),
    };
  }

  /** All that need nobody's leave at once; then those that do, asked together. */
  async #makeCalls(calls: readonly ToolCall[]): Promise<void> {
    const outcomes = new Map<string, ToolOutcome>();
    const open: ReadyCall[] = [];
    const pipelines: (() => Promise<void>)[] = [];
    const ready: (() => Promise<void>)[] = [];
    for (const call of calls) {
      const tool = this.settings.tools.find(({ name }) => name === call.name);
      const settle = async (make: () => Promise<ToolOutcome>) => {
        const use = { id: call.id, name: call.name, class: tool?.class ?? "read", arguments: call.arguments } as const;
        outcomes.set(call.id, await this.ctx.once.call(use, make));
      };
      this.#spent.calls += 1;
      const refusal = this.#refusalOf(call, tool);
      if (refusal !== null || tool === undefined) {
        ready.push(() => settle(async () => refusal ?? failed("There is no such tool.")));
        continue;
      }
      const read = await readArguments(tool, call.arguments, this.#body);
      const frame = tool.kind === "pipeline" ? this.#frames++ : 0;
      if (!read.ok) ready.push(() => settle(async () => failed(read.problem)));
      else if (asksPerson(tool)) open.push({ call, tool, given: read.value, frame });
      else
        (tool.kind === "pipeline" ? pipelines : ready).push(() =>
          settle(() => makeCall(tool, read.value, { id: call.id, frame }, this.ctx)),
        );
    }
    await Promise.all(ready.map((start) => start()));
    // Last, for where all of them wait for people the step lets go, and with it of every call that is under way.
    await Promise.all(pipelines.map((start) => start()));
    for (let from = 0; from < open.length; from += peopleLimits.questions) {
      const batch = open.slice(from, from + peopleLimits.questions);
      const answers = await Promise.all(batch.map(({ call, tool, given }) => this.#leave(call, tool, given)));
      const answered = batch.map((ready, index) => ({ ready, answer: answers[index] as PersonAnswer }));
      for (const isPipeline of [false, true]) {
        await Promise.all(
          answered
            .filter(({ ready }) => (ready.tool.kind === "pipeline") === isPipeline)
            .map(async ({ ready, answer }) => {
              const { call, tool } = ready;
              const use = { id: call.id, name: call.name, class: tool.class, arguments: call.arguments };
              outcomes.set(call.id, await this.ctx.once.call(use, () => this.#allowed(ready, answer)));
            }),
        );
      }
    }
    for (const call of calls) {
      const outcome = outcomes.get(call.id) ?? failed("The call was not made.");
      this.#calls.push({ name: call.name, outcome: outcome.outcome });
      this.#messages.push({ role: "tool", content: outcome.content, toolCallId: call.id });
    }
  }

  /** What the pipelines among its tools ask for; only where there are any, for other agents hold no steps. */
  get #body(): BodyInterface | undefined {
    return this.settings.tools.some(({ kind }) => kind === "pipeline") ? this.ctx.frames.body : undefined;
  }

  /** Why a call is not made at all; null where it may be. */
  #refusalOf(call: ToolCall, tool: AgentTool | undefined): ToolOutcome | null {
    if (tool === undefined) {
      const names = this.settings.tools.map(({ name }) => name).join(", ");
      return failed(`There is no tool "${call.name.slice(0, 100)}". There are: ${names || "none"}.`);
    }
    if (this.#spent.calls > this.settings.limits.calls)
      return refused(`No more than ${this.settings.limits.calls} calls are made. Answer with what you know.`);
    const key = `${call.name} ${call.arguments}`;
    const alike = (this.#alike.get(key) ?? 0) + 1;
    this.#alike.set(key, alike);
    return alike <= mostAlike
      ? null
      : refused(`This very call was made ${mostAlike} times already. Use what it gave, or answer.`);
  }

  #leave(call: ToolCall, tool: AgentTool, given: Readonly<Record<string, unknown>>): Promise<PersonAnswer> {
    return this.ctx.people.ask({
      key: call.id,
      kind: "tool-call",
      title: `${tool.name}`,
      instructions: tool.description,
      value: given,
      shown: [],
      assignees: { emails: [], role: "editor" },
      reviewers: 1,
      excludesAuthor: false,
      masksPersonalData: false,
      dueSeconds: this.settings.dueSeconds,
    });
  }

  /** What comes of a call that a person was asked about. */
  async #allowed({ call, tool, given, frame }: ReadyCall, answer: PersonAnswer): Promise<ToolOutcome> {
    const note = answer.note.trim() === "" ? "" : ` They said: ${answer.note.trim()}`;
    switch (answer.outcome) {
      case "approved": {
        const place = { id: call.id, frame };
        if (!answer.edited) return makeCall(tool, given, place, this.ctx);
        const read = await readArguments(tool, JSON.stringify(answer.value), this.#body);
        return read.ok ? makeCall(tool, read.value, place, this.ctx) : failed(read.problem);
      }
      case "rejected":
        return refused(`A person did not allow this call.${note}`);
      case "timed-out":
        return refused("Nobody allowed this call in time.");
      case "unasked":
        return refused("This call needs a person to allow it, and nobody can be asked here.");
      default:
        return answer.outcome satisfies never;
    }
  }

  /** A limit was met: the step fails and says which, or the model answers with what it knows. */
  async *#endBy(limit: AgentLimit): AsyncGenerator<{ readonly text: string }, AgentAnswer, void> {
    const { limits, onLimit } = this.settings;
    const message = limitMessage(limit, limits);
    if (onLimit === "fail")
      throw new NodeFailure("agent-limit", message, { hint: "Raise the limit, or give the agent less to do." });
    this.ctx.log("warn", message);
    // Calls that were asked for and not made are answered: protocols take no conversation without.
    const last = this.#messages.at(-1);
    for (const { id } of last?.toolCalls ?? [])
      this.#messages.push({ role: "tool", content: "Not called: a limit was met.", toolCallId: id });
    this.#messages.push({ role: "user", content: "Answer now with what you know, without calling tools." });
    const name = "last-turn";
    this.#countRefused(name);
    const turn = yield* this.#turn(name, "none");
    if (turn.text.trim() === "") throw new NodeFailure("agent-limit", message);
    return yield* this.#answer(name, turn, limit);
  }

  async *#answer(
    name: string,
    turn: Turn,
    endedBy: AgentAnswer["endedBy"],
  ): AsyncGenerator<{ readonly text: string }, AgentAnswer, void> {
    const { schema } = this.settings;
    if (schema === null) return this.#end(turn.text, endedBy);
    try {
      return this.#end(turn.text, endedBy, await structuredReply(turn.text, schema, this.ctx.log));
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    this.#messages.push({ role: "user", content: "Give your answer as JSON of the schema, and nothing else." });
    const nameAgain = "answer-as-json";
    const again = yield* this.#turn(nameAgain, "none", schema);
    try {
      return this.#end(again.text, endedBy, await structuredReply(again.text, schema, this.ctx.log));
    } catch (error) {
      // A retry that was given the same words again would fail by them again.
      if (isRefusal(error))
        this.ctx.once.keep<RefusedAnswer>(refusedKey(this.#refused.length), { turns: [name, nameAgain] });
      throw error;
    }
  }

  #end(text: string, endedBy: AgentAnswer["endedBy"], json?: unknown): AgentAnswer {
    return {
      text,
      ...(json === undefined ? {} : { json }),
      endedBy,
      calls: this.#calls,
      ...(this.#isCounted ? { usage: this.#usage } : {}),
      ...(this.#spent.isPriceUnknown ? {} : { cost: this.#spent.microUsd / 1_000_000 }),
    };
  }
}

const isRefusal = (error: unknown): boolean => isNodeFailure(error) && error.code === "output-invalid";

/** A turn is kept by its name; after answers of it were refused, by how many. */
const turnKey = (name: string, refusals: number): string => (refusals === 0 ? name : `${name}~${refusals}`);
const refusedKey = (index: number): string => `refused-answer-${index + 1}`;

/** Nine letters and digits, which is what the strictest server takes. Unique within a step: servers repeat theirs from turn to turn. */
const callId = (turn: number, index: number): string =>
  `t${String(turn).padStart(4, "0")}c${String(index).padStart(3, "0")}`;
