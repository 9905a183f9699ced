import type { CacheLookup } from "@/runtime/capability/cache/lookup";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import type { PersonQuestion } from "@/runtime/node/people";
import { getOwn } from "@/runtime/node/record";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { RunErrorData } from "./errors";
import type { NodePath, RunEvent, RunVariant, SkipReason } from "./events";
import { containerOf, pathsAround } from "./frame-path";
import { mayEndEarly, type RunPart } from "./run-part";

/** How far a container has come. */
export interface FrameProgress {
  /** Frames there will be; null until it is known. */
  readonly total: number | null;
  /** `total` is the most there will be. */
  readonly atMost: boolean;
  readonly succeeded: number;
  readonly failed: number;
  /** Segment of the path of the frame that began last; null before the first. */
  readonly latest: string | null;
  /** Of the first that failed. */
  readonly firstFailed: string | null;
}

type Values = Readonly<Record<string, unknown>>;
type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;
export type ModelCall = Omit<EventOf<"model-call">, "type" | "path" | "runId">;
/** A call of a tool; `result` is null while it is under way, or where the run broke off. */
export interface ToolCallState extends Pick<EventOf<"tool-call">, "id" | "name" | "class" | "arguments" | "at"> {
  readonly result: Pick<EventOf<"tool-result">, "outcome" | "content" | "latencyMs"> | null;
}
export type LogLine = Pick<EventOf<"log">, "seq" | "at" | "level" | "message">;

export interface Totals {
  readonly modelCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Calls of whose tokens some are not known: where there are any, the sums of tokens say "at least". */
  readonly uncountedCalls: number;
  /** Millionths of a US dollar; null once a price was unknown. */
  readonly costMicroUsd: number | null;
  /** The part of it that is known: "at least" so much. */
  readonly knownCostMicroUsd: number;
}

export interface NodeState {
  readonly path: NodePath;
  /** `waiting`: for people, who were asked `questions`. */
  readonly status: "running" | "waiting" | "success" | "failure" | "skipped";
  /** 1 for the first; 0 for a node that was skipped. */
  readonly attempt: number;
  /** ISO 8601; of the first attempt. null for a node that was skipped. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly inputs: Values | null;
  /** Text streamed so far by output port, of the present attempt. */
  readonly text: Readonly<Record<string, string>>;
  /** What the model that the step asks thinks, while it does; once the call is over, the call itself holds it. */
  readonly thinking: string;
  /** How the reply that it went on with fell short; null for a whole one. */
  readonly reply: ReplyOutcome | null;
  /** Of one that is switched off: what it let through. */
  readonly outputs: Values | null;
  readonly cached: boolean;
  /** What came of looking for an answer that is kept; null for a step that does not. */
  readonly lookup: CacheLookup | null;
  /** Why it failed, or what its policy made good. While it waits for a retry: why the last attempt failed. */
  readonly error: RunErrorData | null;
  readonly skipReason: SkipReason | null;
  /** What people are asked, while it waits for them. */
  readonly questions: readonly PersonQuestion[];
  readonly calls: readonly ModelCall[];
  /** Over all attempts: what a tool gave is not asked again. */
  readonly toolCalls: readonly ToolCallState[];
  readonly logs: readonly LogLine[];
  /** Over all attempts: failed ones cost, too. Those of a container are of all that ran in it. */
  readonly totals: Totals;
  /** Of a container; null for any other node. */
  readonly frames: FrameProgress | null;
}

export const runStatuses = ["running", "paused", "success", "empty", "failure", "aborted"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** How a run that ended this way went. `part`: what it was asked for. */
export const statusOfEnd = (
  event: EventOf<"run-end">,
  part: RunPart | null,
): Exclude<RunStatus, "running" | "paused"> =>
  event.outcome === "success" && Object.keys(event.outputs).length === 0 && !mayEndEarly(part)
    ? "empty"
    : event.outcome;

export interface RunState {
  readonly runId: string;
  /** `paused`: waits for people, and nobody runs it. `empty`: ended without a failure and without a result, because no branch reached an output. */
  readonly status: "pending" | RunStatus;
  readonly graphHash: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Since when it waits for people; null where it does not. */
  readonly pausedAt: string | null;
  /** Milliseconds for which nobody ran it, because it waited for people. */
  readonly waitedMs: number;
  readonly inputs: Values | null;
  /** The conversation that it is a turn of; null for a run by itself. */
  readonly conversation: ConversationSnapshot | null;
  /** Variants that were tried in place of their nodes' own settings. */
  readonly variants: readonly RunVariant[];
  /** Which steps it was asked for; null where all of them, anew. */
  readonly part: RunPart | null;
  readonly outputs: Values | null;
  readonly error: RunErrorData | null;
  /** The worst of the replies that its steps went on with; null where all were whole. */
  readonly reply: ReplyOutcome | null;
  /** By `pathKey`, in the order they began. A node that is not here is pending. */
  readonly nodes: ReadonlyMap<string, NodeState>;
  readonly totals: Totals;
  /** Sequence number of the last event folded in; -1 before the first. */
  readonly lastSeq: number;
}

const noFrames: FrameProgress = {
  total: null,
  atMost: false,
  succeeded: 0,
  failed: 0,
  latest: null,
  firstFailed: null,
};

export const noTotals: Totals = {
  modelCalls: 0,
  inputTokens: 0,
  outputTokens: 0,
  uncountedCalls: 0,
  costMicroUsd: 0,
  knownCostMicroUsd: 0,
};

export const initialRunState: RunState = {
  runId: "",
  status: "pending",
  graphHash: null,
  startedAt: null,
  endedAt: null,
  pausedAt: null,
  waitedMs: 0,
  inputs: null,
  conversation: null,
  variants: [],
  part: null,
  outputs: null,
  error: null,
  reply: null,
  nodes: new Map(),
  totals: noTotals,
  lastSeq: -1,
};

/** The key of a node's state. A node of the outermost frame is keyed by its id. */
export const pathKey = (path: NodePath): string => (path.length === 1 ? (path[0] as string) : path.join("/"));

/** Folds one event in. Nodes the event does not touch keep their identity; an event seen already changes nothing. */
export const reduce = (state: RunState, event: RunEvent): RunState => reduceAll(state, [event]);

/** Folds many events at the cost of one copy: a screen does this once a frame, a run page once a log. */
export const reduceAll = (state: RunState, events: Iterable<RunEvent>): RunState => {
  let next: Draft | null = null;
  for (const event of events) {
    if (event.seq <= (next ?? state).lastSeq) continue;
    next ??= { ...state, nodes: new Map(state.nodes) };
    next.lastSeq = event.seq;
    apply(next, event);
  }
  return next ?? state;
};

type Draft = { -readonly [K in keyof RunState]: RunState[K] } & { nodes: Map<string, NodeState> };

const apply = (run: Draft, event: RunEvent): void => {
  switch (event.type) {
    case "run-start":
      run.runId = event.runId;
      run.status = "running";
      run.graphHash = event.graphHash;
      run.startedAt = event.at;
      run.inputs = event.inputs;
      run.conversation = event.conversation ?? null;
      run.variants = event.variants ?? [];
      run.part = event.part ?? null;
      break;
    case "run-paused":
      run.status = "paused";
      run.pausedAt = event.at;
      break;
    case "run-resumed":
      run.status = "running";
      endWait(run, event.at);
      break;
    case "node-paused":
      patch(run, event.path, (node) => ({ ...node, status: "waiting", thinking: "", questions: event.questions }));
      break;
    case "run-end":
      run.status = statusOfEnd(event, run.part);
      endWait(run, event.at);
      run.endedAt = event.at;
      if (event.outcome === "success") {
        run.outputs = event.outputs;
        run.reply = event.reply ?? null;
      } else run.error = event.error;
      break;
    case "node-start":
      patch(run, event.path, (node) => ({
        ...node,
        status: "running",
        attempt: event.attempt,
        startedAt: node.startedAt ?? event.at,
        inputs: event.inputs,
        text: {},
        thinking: "",
        error: null,
        questions: noQuestions,
        // What failed is run again.
        frames:
          node.frames !== null && node.error !== null ? { ...node.frames, failed: 0, firstFailed: null } : node.frames,
      }));
      noteFrame(run, event);
      break;
    case "node-frames":
      patch(run, event.path, (node) => ({
        ...node,
        frames: { ...(node.frames ?? noFrames), total: event.total, atMost: event.atMost === true },
      }));
      break;
    case "node-delta":
      patch(run, event.path, (node) => ({
        ...node,
        text: { ...node.text, [event.port]: (getOwn(node.text, event.port) ?? "") + event.delta },
      }));
      break;
    case "node-thinking":
      patch(run, event.path, (node) => ({ ...node, thinking: node.thinking + event.delta }));
      break;
    case "node-retract":
      patch(run, event.path, (node) => ({ ...node, ...(event.what === "text" ? { text: {} } : { thinking: "" }) }));
      break;
    case "node-retry":
      patch(run, event.path, (node) => ({ ...node, error: event.error }));
      break;
    case "model-call": {
      const { type: _, path, runId: __, ...call } = event;
      run.totals = addCall(run.totals, call);
      patch(run, path, (node) => ({
        ...node,
        thinking: "",
        calls: [...node.calls, call],
        totals: addCall(node.totals, call),
      }));
      for (const around of pathsAround(path)) {
        patch(run, around, (node) => ({ ...node, totals: addCall(node.totals, call) }));
      }
      break;
    }
    // What a step keeps is its own; what it gives is told when it ends.
    case "node-recorded":
      break;
    case "cache-lookup": {
      const { type: _, path, runId: __, seq: ___, at: ____, ...lookup } = event;
      patch(run, path, (node) => ({ ...node, lookup }));
      break;
    }
    case "tool-call": {
      const { id, name, class: kind, arguments: given, at } = event;
      const begun: ToolCallState = { id, name, class: kind, arguments: given, at, result: null };
      patch(run, event.path, (node) => ({
        ...node,
        toolCalls: [...node.toolCalls.filter((call) => call.id !== id), begun],
      }));
      break;
    }
    case "tool-result": {
      const { id, outcome, content, latencyMs } = event;
      patch(run, event.path, (node) => ({
        ...node,
        toolCalls: node.toolCalls.map((call) =>
          call.id === id ? { ...call, result: { outcome, content, latencyMs } } : call,
        ),
      }));
      break;
    }
    case "log": {
      const { seq, at, level, message } = event;
      patch(run, event.path, (node) => ({ ...node, logs: [...node.logs, { seq, at, level, message }] }));
      break;
    }
    case "node-end":
      patch(run, event.path, (node) => ({
        ...node,
        endedAt: event.at,
        questions: noQuestions,
        ...ending(event),
      }));
      countFrame(run, event);
      break;
    default:
      event satisfies never;
  }
};

const noteFrame = (run: Draft, { path }: EventOf<"node-start">): void => {
  const container = containerOf(path);
  if (container === null) return;
  const latest = path.at(-1) as string;
  patch(run, container, (node) => ({ ...node, frames: { ...(node.frames ?? noFrames), latest } }));
};

/** A frame that ended is counted at its container; one that was cut off is not. */
const countFrame = (run: Draft, { path, outcome }: EventOf<"node-end">): void => {
  const container = outcome === "skipped" ? null : containerOf(path);
  if (container === null) return;
  patch(run, container, (node) => {
    const frames = node.frames ?? noFrames;
    return {
      ...node,
      frames:
        outcome === "success"
          ? { ...frames, succeeded: frames.succeeded + 1 }
          : { ...frames, failed: frames.failed + 1, firstFailed: frames.firstFailed ?? (path.at(-1) as string) },
    };
  });
};

const endWait = (run: Draft, at: string): void => {
  if (run.pausedAt === null) return;
  run.waitedMs += Math.max(0, Date.parse(at) - Date.parse(run.pausedAt));
  run.pausedAt = null;
};

const ending = (event: EventOf<"node-end">): Partial<NodeState> => {
  switch (event.outcome) {
    case "success":
      return {
        status: "success",
        outputs: event.outputs,
        cached: event.cached,
        error: event.recovered ?? null,
        reply: event.reply ?? null,
      };
    case "failure":
      return { status: "failure", error: event.error };
    case "skipped":
      return { status: "skipped", skipReason: event.reason, outputs: event.passed ?? null };
    default:
      return event satisfies never;
  }
};

/** What is said of a node that did not run: why, or that it is switched off and let something through. */
export const skipText = (reason: SkipReason, passed: Values | null | undefined): SkipReason | "passed" =>
  reason === "disabled" && passed != null ? "passed" : reason;

const noQuestions: readonly PersonQuestion[] = [];

const patch = (run: Draft, path: NodePath, change: (node: NodeState) => NodeState): void => {
  const key = pathKey(path);
  run.nodes.set(key, change(run.nodes.get(key) ?? fresh(path)));
};

const fresh = (path: NodePath): NodeState => ({
  path,
  status: "running",
  attempt: 0,
  startedAt: null,
  endedAt: null,
  inputs: null,
  text: {},
  thinking: "",
  reply: null,
  outputs: null,
  cached: false,
  lookup: null,
  error: null,
  skipReason: null,
  questions: noQuestions,
  calls: [],
  toolCalls: [],
  logs: [],
  totals: noTotals,
  frames: null,
});

/** A call that failed before the endpoint counted anything costs nothing; one without a known price makes the sum unknown. */
export const addCall = (
  totals: Totals,
  { operation, usage, costMicroUsd, error }: Pick<ModelCall, "operation" | "usage" | "costMicroUsd" | "error">,
): Totals => {
  const failed = error !== undefined && usage === null;
  const cost = costMicroUsd ?? (failed ? 0 : null);
  const isCounted =
    failed || !countsTokens(operation, usage) || (usage?.inputTokens != null && usage.outputTokens !== null);
  return {
    modelCalls: totals.modelCalls + 1,
    inputTokens: totals.inputTokens + (usage?.inputTokens ?? 0),
    outputTokens: totals.outputTokens + (usage?.outputTokens ?? 0),
    uncountedCalls: totals.uncountedCalls + (isCounted ? 0 : 1),
    costMicroUsd: totals.costMicroUsd === null || cost === null ? null : totals.costMicroUsd + cost,
    knownCostMicroUsd: totals.knownCostMicroUsd + (cost ?? 0),
  };
};

/** Speech is not counted in tokens, and pictures only by some servers. */
const countsTokens = (operation: ModelCall["operation"], usage: ModelCall["usage"]): boolean =>
  operation === "draw" ? usage !== null : operation !== "transcribe" && operation !== "speak";
