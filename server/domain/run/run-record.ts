import type { RunTrigger } from "@/generated/prisma/enums";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, type RunState, type RunStatus, reduceAll } from "@/runtime/run/reduce";
import { excerptOf } from "./excerpt";

/** By which way a caller started a run. */
export const runWays = [
  "json",
  "stream",
  "background",
  "chat",
  "responses",
  "mcp",
  "schedule",
  "page",
  "batch",
  "trigger",
] as const;
export type RunWay = (typeof runWays)[number];

/** Ways by which a run waits for its turn in the queue, with nobody on the line. */
export const queuedWays: readonly (RunWay | null | undefined)[] = ["background", "schedule", "batch", "trigger"];

/** What a run is, before anything has happened in it. */
export interface RunIdentity {
  readonly id: string;
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly deploymentId: string | null;
  readonly apiKeyId: string | null;
  /** Who started it in the editor. */
  readonly userId?: string | null;
  readonly trigger: RunTrigger;
  /** Left out where no caller did. */
  readonly way?: RunWay | null;
  /** The caller's `traceparent`, where runs are traced and it sent one. */
  readonly traceParent?: string | null;
}

/** The part of a run's row that is folded from its events, so that lists need not read them. */
export interface RunSummary {
  readonly status: RunStatus;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Model calls of whose tokens some are not known: the sums are then "at least" so many. */
  readonly uncountedCalls: number;
  /** Millionths of a US dollar; null where a price was unknown. */
  readonly costMicroUsd: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly replyOutcome: ReplyOutcome | null;
  /** What it was asked and what it answered, in a line of a list. */
  readonly question: string;
  readonly answer: string;
}

const longestMessage = 1000;

/** NUL and halves of surrogate pairs cannot be stored. */
const storable = (text: string): string => text.slice(0, longestMessage).replaceAll("\0", "").toWellFormed();

export const foldRun = (events: readonly RunEvent[]): RunState => reduceAll(initialRunState, events);

export const summaryOf = ({
  status,
  startedAt,
  endedAt,
  totals,
  error,
  reply,
  inputs,
  outputs,
  waitedMs,
}: RunState): RunSummary => ({
  status: status === "pending" ? "running" : status,
  startedAt: startedAt ?? new Date(0).toISOString(),
  endedAt,
  durationMs:
    startedAt === null || endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt) - waitedMs),
  inputTokens: totals.inputTokens,
  outputTokens: totals.outputTokens,
  uncountedCalls: totals.uncountedCalls,
  costMicroUsd: totals.costMicroUsd === null ? null : Math.round(totals.costMicroUsd),
  errorCode: error?.code ?? null,
  errorMessage: error === null ? null : storable(error.message),
  replyOutcome: reply,
  question: excerptOf(inputs),
  answer: excerptOf(outputs),
});
