import { z } from "zod";
import { graphLimits } from "@/runtime/graph/document";
import { nodeOverride } from "@/runtime/graph/overrides";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import { type RunStatus, runStatuses } from "@/runtime/run/reduce";
import { conversationName } from "@/server/domain/conversation/conversation.types";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import type { JobStatus } from "@/server/platform/job/job.types";
import type { RunWay } from "./run-record";

/** Nodes whose settings one run may replace. */
export const mostOverrides = 20;

export const triedVariants = z
  .array(z.strictObject({ node: identifier, id: identifier }))
  .max(mostOverrides)
  .default([]);

/** Most inputs that a person gives a step by hand. */
const mostGiven = 100;

/** A part of a pipeline in place of the whole: `AskedPart` of the executor. */
export const partInput = z
  .strictObject({
    mode: z.enum(["to", "alone", "from", "changed"]),
    /** The step that is pointed at; none with `changed`. */
    node: identifier.optional(),
    /** The item or round of containers that it stands in, as in paths of events. */
    within: z.array(z.string().min(1).max(100)).max(graphLimits.nesting).default([]),
    /** The stored run that it stands on. */
    source: identifier.optional(),
    /** Only with `alone`: inputs given by hand. */
    given: z
      .record(z.string().min(1).max(graphLimits.fieldLength), z.unknown())
      .refine((given) => Object.keys(given).length <= mostGiven)
      .default({}),
    /** Only with `alone`: inputs that it is to run without. */
    cleared: z.array(z.string().min(1).max(graphLimits.fieldLength)).max(mostGiven).default([]),
  })
  .refine(
    ({ mode, node }) => (mode === "changed") === (node === undefined),
    "A step is named, but for what was changed.",
  )
  .refine(
    ({ mode, given, cleared }) => mode === "alone" || Object.keys(given).length + cleared.length === 0,
    "Only a step that runs alone is given inputs by hand.",
  )
  .refine(
    ({ mode, source }) => mode !== "changed" || source !== undefined,
    "What was changed is told by a stored run.",
  );

export const startInput = z.strictObject({
  pipelineId: identifier,
  /** The revision of the saved draft that the person sees. */
  revision: z.int().min(1).max(2_147_483_647),
  /** Checked against the pipeline's own input fields, which bound them. */
  inputs: z.record(z.string().max(128), z.unknown()),
  /** The conversation that it goes on with, of the pipeline's that the person has in the editor; null begins one, where the pipeline keeps any. */
  conversationId: conversationName.nullable().default(null),
  /** Variants of the saved draft that stand in place of their nodes' own settings, and are told of in the record. */
  variants: triedVariants,
  /** Settings laid over the saved draft for this run alone: how variants are compared. */
  overrides: z.array(nodeOverride).max(mostOverrides).default([]),
  /** Some of its steps only. */
  part: partInput.optional(),
  /** Whether pinned outputs stand in place of what their steps give: where a person runs the draft. */
  pins: z.boolean().default(false),
});
/** A stored run, run again: what failed in it, or from a step on. */
export const retryInput = z.strictObject({
  id: identifier,
  from: z
    .strictObject({
      node: identifier,
      within: z.array(z.string().min(1).max(100)).max(graphLimits.nesting).default([]),
    })
    .optional(),
});
export const byIdInput = z.strictObject({ id: identifier });
export const eventsInput = z.strictObject({
  runId: identifier,
  /** The id of the last event that arrived; the stream goes on after it. */
  lastEventId: z.string().max(40).nullish(),
});
/** Where runs come from, as a list is narrowed to it. */
export const runSources = ["editor", "api", "evaluation", "sheet", "all"] as const;
export const runRatings = ["good", "bad", "none"] as const;

export const listInput = pageInput.extend({
  pipelineId: identifier.optional(),
  status: z.enum(runStatuses).optional(),
  source: z.enum(runSources).optional(),
  deploymentId: identifier.optional(),
  rating: z.enum(runRatings).optional(),
  /** Started at or after, and before. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  errorCode: z.string().min(1).max(64).optional(),
  /** Number of the version that ran. */
  version: z.int().min(1).max(2_147_483_647).optional(),
  apiKeyId: identifier.optional(),
  /** Took longer than so many milliseconds. */
  slowerMs: z.int().min(1).max(2_147_483_647).optional(),
  /** Id of a step of a deployment's pipeline that took a millisecond, asked a model or failed in it. */
  step: identifier.optional(),
  /** A person was asked in it. */
  asked: z.boolean().optional(),
  /** Experiments as rows in place of their runs; only where no source is asked for. */
  folded: z.boolean().default(false),
});
export type ListInput = z.output<typeof listInput>;
export const recentInputsInput = z.strictObject({
  pipelineId: identifier,
  limit: z.int().min(1).max(20).default(10),
});

export interface RecentInputs {
  /** The latest run that had them. */
  readonly runId: string;
  readonly startedAt: Date;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** One run in a list. */
export interface RunListItem {
  readonly id: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly revisionNumber: number;
  readonly trigger: "editor" | "api" | "evaluation" | "sheet";
  /** By which way a caller started it; null where no caller did, or it was before that was kept. */
  readonly way: RunWay | null;
  readonly status: RunStatus;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly durationMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Model calls of whose tokens some are not known: the sums are then "at least" so many. */
  readonly uncountedCalls: number;
  /** Millionths of a US dollar; null where a price was unknown. */
  readonly costMicroUsd: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** The worst of the replies that its steps went on with; null where all were whole. */
  readonly replyOutcome: ReplyOutcome | null;
  /** What it was asked and what it answered, cut to a line. */
  readonly question: string;
  readonly answer: string;
  readonly deployment: { readonly id: string; readonly slug: string } | null;
  readonly rating: "good" | "bad" | null;
}

/** The runs of an experiment as one row of a list. */
export interface FoldedExperiment {
  readonly id: string;
  readonly name: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly status: JobStatus;
  /** Answers that are there, of how many, and how many of those failed. */
  readonly runs: number;
  readonly runsTotal: number;
  readonly failures: number;
  readonly costMicroUsd: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}
