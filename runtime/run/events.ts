import type { Usage } from "@/runtime/node/context";
import type { RunErrorData } from "./errors";
import type { SentPrompt } from "./sent-prompt";

/** One node in one frame: `["map-1#3", "chat-2"]` is chat-2 inside the fourth item of map-1. */
export type NodePath = readonly string[];
type Values = Readonly<Record<string, unknown>>;

export interface Stamp {
  readonly runId: string;
  /** 0 for the first event of a run, then one more for each; gapless. */
  readonly seq: number;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
}

export type SkipReason = "branch-not-taken" | "upstream-failed" | "disabled" | "aborted";

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
      /** Left out where every node ran with its own settings. */
      readonly variants?: readonly RunVariant[];
    }
  /** Starts an attempt. After a retry or a resume the same path starts again with a higher `attempt`, and its former deltas are void. */
  | { readonly type: "node-start"; readonly path: NodePath; readonly attempt: number; readonly inputs: Values }
  | { readonly type: "node-delta"; readonly path: NodePath; readonly port: string; readonly delta: string }
  | {
      readonly type: "model-call";
      readonly path: NodePath;
      readonly operation: "chat" | "embed" | "moderate" | "transcribe" | "rerank";
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
      readonly error?: RunErrorData;
    }
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
      readonly cached: boolean;
      /** The failure that the node's policy answered with default outputs or its error port. */
      readonly recovered?: RunErrorData;
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
  | { readonly type: "run-end"; readonly outcome: "success"; readonly outputs: Values }
  | { readonly type: "run-end"; readonly outcome: "failure" | "aborted"; readonly error: RunErrorData };

export type RunEvent = Stamp & RunEventBody;
