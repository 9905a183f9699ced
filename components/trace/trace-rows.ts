import type { CacheLookup } from "@/runtime/capability/cache/lookup";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath, RunEvent, SkipReason } from "@/runtime/run/events";
import { pathsAround } from "@/runtime/run/frame-path";
import { addCall, noTotals, type RunStatus, skipText, statusOfEnd, type Totals } from "@/runtime/run/reduce";

export type TraceStatus = "running" | "retrying" | "waiting" | "success" | "failure" | "skipped";

type ModelCall = Extract<RunEvent, { type: "model-call" }>;

/** Times are milliseconds since the run began; an end of null is still under way. */
export interface TraceCall {
  readonly operation: ModelCall["operation"];
  readonly endpoint: string;
  readonly model: string;
  readonly start: number;
  readonly end: number;
  /** When the first token came, on the same clock. */
  readonly firstToken: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: number | null;
  readonly cached: boolean;
  /** Of the output tokens, what went into thinking; null where it did not think. */
  readonly thinking: { readonly tokens: number; readonly estimated: boolean } | null;
  readonly reply?: ReplyOutcome;
  readonly error?: RunErrorData;
}

export interface TraceTool {
  readonly name: string;
  readonly outcome: "success" | "failure" | "refused";
  readonly start: number;
  readonly end: number;
}

export interface TraceAttempt {
  readonly number: number;
  readonly start: number;
  readonly end: number | null;
  readonly error?: RunErrorData;
}

export interface TraceRow extends Totals {
  /** The path joined by `/`: unique within the run. */
  readonly key: string;
  readonly path: NodePath;
  readonly status: TraceStatus;
  readonly cached: boolean;
  /** What came of looking for an answer that is kept. */
  readonly lookup?: CacheLookup;
  readonly skipped?: SkipReason | "passed";
  readonly start: number;
  readonly end: number | null;
  readonly attempts: readonly TraceAttempt[];
  /** How the reply that it went on with fell short. */
  readonly reply?: ReplyOutcome;
  readonly calls: readonly TraceCall[];
  /** Calls of tools that have ended. */
  readonly tools: readonly TraceTool[];
}

export interface Trace {
  readonly rows: readonly TraceRow[];
  readonly status: RunStatus;
  /** Length of the run so far: to its last event, or to its end. */
  readonly duration: number;
  readonly startedAt: string | null;
  /** By node: the variant that ran in place of its own settings. */
  readonly variants: ReadonlyMap<string, string>;
}

type Draft = { -readonly [K in keyof TraceRow]: TraceRow[K] } & {
  attempts: TraceAttempt[];
  calls: TraceCall[];
  tools: TraceTool[];
};

const closeAttempt = (row: Draft, at: number, error?: RunErrorData): void => {
  const last = row.attempts.at(-1);
  if (last && last.end === null)
    row.attempts[row.attempts.length - 1] = { ...last, end: at, ...(error ? { error } : {}) };
};

/** Folds a run's events into the rows of its waterfall, in the order in which the steps began. */
export const traceRows = (events: readonly RunEvent[]): Trace => {
  const rows = new Map<string, Draft>();
  const first = events[0];
  if (!first) return { rows: [], status: "running", duration: 0, startedAt: null, variants: new Map() };
  const origin = Date.parse(first.at);
  let status: Trace["status"] = "running";
  let duration = 0;

  const rowAt = (path: NodePath, at: number): Draft => {
    const key = path.join("/");
    const existing = rows.get(key);
    if (existing) return existing;
    const row: Draft = {
      key,
      path,
      status: "running",
      cached: false,
      start: at,
      end: null,
      attempts: [],
      calls: [],
      tools: [],
      ...noTotals,
    };
    rows.set(key, row);
    return row;
  };

  for (const event of events) {
    const at = Math.max(0, Date.parse(event.at) - origin);
    duration = Math.max(duration, at);
    switch (event.type) {
      case "run-start":
      case "node-delta":
      case "node-thinking":
      case "node-retract":
      case "node-frames":
      case "node-recorded":
      case "tool-call":
      case "log":
        break;
      case "node-start": {
        const row = rowAt(event.path, at);
        closeAttempt(row, at);
        row.status = "running";
        row.attempts.push({ number: event.attempt, start: at, end: null });
        break;
      }
      case "model-call": {
        const row = rowAt(event.path, at);
        const start = Math.max(0, at - event.latencyMs);
        row.calls.push({
          operation: event.operation,
          endpoint: event.endpoint,
          model: event.model,
          start,
          end: at,
          firstToken: event.firstTokenMs === null ? null : start + event.firstTokenMs,
          inputTokens: event.usage?.inputTokens ?? null,
          outputTokens: event.usage?.outputTokens ?? null,
          costMicroUsd: event.costMicroUsd,
          cached: event.cached,
          thinking: event.thinking
            ? { tokens: event.thinking.tokens, estimated: event.thinking.estimated === true }
            : null,
          ...(event.reply ? { reply: event.reply } : {}),
          ...(event.error ? { error: event.error } : {}),
        });
        Object.assign(row, addCall(row, event));
        for (const around of pathsAround(event.path)) {
          const outer = rowAt(around, at);
          Object.assign(outer, addCall(outer, event));
        }
        break;
      }
      case "cache-lookup": {
        const { type: _, path, runId: __, seq: ___, at: ____, ...lookup } = event;
        rowAt(path, at).lookup = lookup;
        break;
      }
      case "tool-result": {
        const row = rowAt(event.path, at);
        const { name, outcome, latencyMs } = event;
        row.tools.push({ name, outcome, start: Math.max(0, at - latencyMs), end: at });
        break;
      }
      case "node-retry": {
        const row = rowAt(event.path, at);
        closeAttempt(row, at, event.error);
        row.status = "retrying";
        break;
      }
      case "node-end": {
        const row = rowAt(event.path, at);
        closeAttempt(row, at, event.outcome === "failure" ? event.error : undefined);
        row.status = event.outcome;
        row.end = at;
        if (event.outcome === "success") {
          row.cached = event.cached;
          if (event.reply) row.reply = event.reply;
        }
        if (event.outcome === "skipped") row.skipped = skipText(event.reason, event.passed);
        break;
      }
      case "node-paused": {
        const row = rowAt(event.path, at);
        closeAttempt(row, at);
        row.status = "waiting";
        break;
      }
      case "run-paused":
        status = "paused";
        break;
      case "run-resumed":
        status = "running";
        break;
      case "run-end":
        status = statusOfEnd(event, (first.type === "run-start" && first.part) || null);
        break;
      default:
        event satisfies never;
    }
  }
  const tried = (first.type === "run-start" && first.variants) || [];
  const variants = new Map(tried.map(({ node, label }) => [node, label]));
  return { rows: [...rows.values()], status, duration, startedAt: first.at, variants };
};
