import type { CacheLookup } from "@/runtime/capability/cache/lookup";
import type { Usage } from "@/runtime/node/context";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import type { ToolOutcome, ToolUse } from "@/runtime/node/once";
import type { PersonQuestion } from "@/runtime/node/people";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { RunErrorData } from "./errors";
import type { GivenAnswer } from "./resume";
import type { RunPart } from "./run-part";
import type { SentPrompt } from "./sent-prompt";

/**
 * One node in one frame: `["map-1#3", "chat-2"]` is chat-2 inside the fourth item of map-1, `["map-1#3"]` that item as a whole. Where the container was tried
 * again, `map-1#3~1` is the item in its first retry.
 */
export type NodePath = readonly string[];
type Values = Readonly<Record<string, unknown>>;

export interface Stamp {
  readonly runId: string;
  /** 0 for the first event of a run, then one more for each; gapless. */
  readonly seq: number;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
}

/** What a model thought before one answer. */
export interface KeptThinking {
  readonly text: string;
  /** Characters that were left out in the middle. */
  readonly omitted?: number;
  readonly tokens: number;
  /** The endpoint did not say how many tokens it were. */
  readonly estimated?: true;
}

/** `left-out`: the run was asked for other steps only. */
export type SkipReason = "branch-not-taken" | "upstream-failed" | "disabled" | "aborted" | "left-out";

/** A variant of a node's settings that a run tried in place of the node's own, under the name that it had then. */
export interface RunVariant {
  readonly node: string;
  readonly id: string;
  readonly label: string;
}

/** Everything that happens in a run, said once. The screen, the trace, the record and the metrics are folds of this stream. */
export type RunEventBody =
  | {
      readonly type: "run-start";
      readonly graphHash: string;
      readonly inputs: Values;
      /** The conversation that it is a turn of, with what is remembered of it; left out for a run by itself. */
      readonly conversation?: ConversationSnapshot;
      /** Left out where every node ran with its own settings. */
      readonly variants?: readonly RunVariant[];
      /** Left out where the whole pipeline was run, every step of it anew. */
      readonly part?: RunPart;
    }
  /** Starts an attempt. After a retry or a resume the same path starts again with a higher `attempt`, and its former deltas are void. */
  | { readonly type: "node-start"; readonly path: NodePath; readonly attempt: number; readonly inputs: Values }
  /** A container is about to run its steps so many times, or at most so many. Each time is a path of its own, `map-1#3`, that starts and ends as a node does. */
  | { readonly type: "node-frames"; readonly path: NodePath; readonly total: number; readonly atMost?: true }
  | { readonly type: "node-delta"; readonly path: NodePath; readonly port: string; readonly delta: string }
  /** What the model that a step asks is thinking; the call's own event says it again, as a whole. Never an output. */
  | { readonly type: "node-thinking"; readonly path: NodePath; readonly delta: string }
  /** All text that this attempt streamed turned out to be thinking (or all thinking of this call the answer): it is void, and said again as what it is. */
  | { readonly type: "node-retract"; readonly path: NodePath; readonly what: "text" | "thinking" }
  | {
      readonly type: "model-call";
      readonly path: NodePath;
      readonly operation: "chat" | "embed" | "moderate" | "transcribe" | "rerank" | "draw" | "speak";
      /** Endpoint slug. */
      readonly endpoint: string;
      readonly model: string;
      readonly usage: Usage | null;
      readonly costMicroUsd: number | null;
      readonly latencyMs: number;
      /** Milliseconds to the first token of a chat; null for others and where none came. */
      readonly firstTokenMs: number | null;
      readonly cached: boolean;
      /** Of the first call of a chat; retries and fallbacks are sent the same. */
      readonly prompt?: SentPrompt;
      readonly thinking?: KeptThinking;
      /** How the reply fell short; left out for one that is whole. */
      readonly reply?: ReplyOutcome;
      readonly error?: RunErrorData;
    }
  /** What a step keeps of what it has done: given to it again where it is tried again, in this execution or the next. */
  | { readonly type: "node-recorded"; readonly path: NodePath; readonly key: string; readonly value: unknown }
  /** A container looked for an answer that is kept, in place of running its steps. */
  | ({ readonly type: "cache-lookup"; readonly path: NodePath } & CacheLookup)
  /** A step begins to call a tool. Told once, however often the step is tried again after the result. */
  | ({ readonly type: "tool-call"; readonly path: NodePath } & ToolUse)
  /** What came of it; kept as `node-recorded` keeps a value. */
  | ({
      readonly type: "tool-result";
      readonly path: NodePath;
      readonly id: string;
      readonly name: string;
      readonly latencyMs: number;
    } & ToolOutcome)
  | {
      readonly type: "node-retry";
      readonly path: NodePath;
      readonly attempt: number;
      readonly error: RunErrorData;
      readonly delayMs: number;
    }
  | {
      readonly type: "node-end";
      readonly path: NodePath;
      readonly outcome: "success";
      readonly outputs: Values;
      /** The outputs were taken from another run, and the step was not run. */
      readonly cached: boolean;
      /** The failure that the node's policy answered with default outputs or its error port. */
      readonly recovered?: RunErrorData;
      /** The worst of the replies that the step went on with; left out where all were whole. */
      readonly reply?: ReplyOutcome;
    }
  | { readonly type: "node-end"; readonly path: NodePath; readonly outcome: "failure"; readonly error: RunErrorData }
  | {
      readonly type: "node-end";
      readonly path: NodePath;
      readonly outcome: "skipped";
      readonly reason: SkipReason;
      /** What a node that is switched off let through, by output. */
      readonly passed?: Values;
    }
  | {
      readonly type: "log";
      readonly path: NodePath;
      readonly level: "debug" | "info" | "warn";
      readonly message: string;
    }
  /** Ends an attempt that waits for people; the rest of the run goes on. Once one of them has answered, the path starts again with a higher `attempt`. */
  | { readonly type: "node-paused"; readonly path: NodePath; readonly questions: readonly PersonQuestion[] }
  /** Nothing can go on before somebody answers: the last event of this execution. What follows is `run-resumed`, or `run-end` where it was cancelled. */
  | { readonly type: "run-paused" }
  /** The first event of the next execution, with the answers that are new to it. */
  | { readonly type: "run-resumed"; readonly answers: readonly GivenAnswer[] }
  | { readonly type: "run-end"; readonly outcome: "success"; readonly outputs: Values; readonly reply?: ReplyOutcome }
  | { readonly type: "run-end"; readonly outcome: "failure" | "aborted"; readonly error: RunErrorData };

export type RunEvent = Stamp & RunEventBody;
