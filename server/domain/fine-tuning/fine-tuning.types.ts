import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { type TrainerArtifact, trainerMethods } from "@/runtime/fine-tuning/trainer/contract";
import type { TrainingRecord } from "@/runtime/fine-tuning/trainer/training-record";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const tuningLimits = {
  trainers: 20,
  /** Trainings of one workspace that are kept. */
  tunings: 500,
  rows: 100_000,
  /** Characters of one prompt or answer. */
  textCharacters: 200_000,
  /** Rows that the trainer is shown before a job: more are judged by these. */
  previewRows: 5_000,
  /** Rows that are searched for personal data. */
  personalRows: 20_000,
  compared: 6,
} as const;

const name = lineOfText(80);
const column = z.string().min(1).max(evalLimits.columnNameCharacters);

/** Where the rows come from. Corrections of people are a dataset: `prompt` is what was asked, `answer` the corrected column. */
export const tuningSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("training-set"), id: identifier }),
  z.strictObject({ kind: z.literal("dataset"), id: identifier, prompt: column, answer: column }),
]);
export type TuningSource = z.output<typeof tuningSource>;

/** Bounds are the trainer's. */
export const tuningSettings = z.strictObject({
  epochs: z.number().positive().max(1_000).default(3),
  maxSteps: z.int().min(1).max(10_000_000).optional(),
  batchSize: z.int().min(1).max(4_096).default(4),
  gradientAccumulation: z.int().min(1).max(4_096).default(4),
  learningRate: z.number().positive().max(10).default(2e-4),
  contextTokens: z.int().min(8).max(131_072).default(1_024),
  packing: z.boolean().default(false),
  gradientCheckpointing: z.boolean().default(false),
  evaluateEverySteps: z.int().min(1).max(1_000_000).default(50),
  earlyStoppingPatience: z.int().min(1).max(1_000).optional(),
  rank: z.int().min(1).max(512).default(16),
  alpha: z.number().positive().max(4_096).default(32),
  dropout: z.number().min(0).max(0.9).default(0),
  virtualTokens: z.int().min(1).max(1_024).default(32),
});

const chosen = {
  trainerId: identifier,
  source: tuningSource,
  base: z.string().trim().min(1).max(300),
  method: z.enum(trainerMethods),
  /** Share held out for the evaluation where the rows bring no part of their own. */
  heldOutShare: z.number().min(0).max(0.5).default(0.1),
  seed: z.int().min(0).max(2_147_483_647).default(1),
  /** Personal data is replaced before the rows leave this app. */
  mask: z.boolean().default(true),
  settings: tuningSettings.prefault({}),
};
export const checkInput = z.strictObject(chosen);
export const startInput = z.strictObject({
  ...chosen,
  name,
  modelId: identifier.optional(),
  parentId: identifier.optional(),
  samplePrompts: z.array(z.string().trim().min(1).max(2_000)).max(5).default([]),
});
export type StartInput = z.output<typeof startInput>;
export const byIdInput = z.strictObject({ id: identifier });
export const manyInput = z.strictObject({ ids: z.array(identifier).min(1).max(tuningLimits.compared) });
export const connectInput = z.strictObject({
  name: lineOfText(80),
  address: z.string().trim().min(1).max(500),
  token: z.string().trim().min(1).max(1_000),
});
export const deployInput = z.strictObject({
  id: identifier,
  endpointId: identifier,
  servedName: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, "Letters, digits and . _ - only."),
  /** The folder as the server sees it; left out: as the trainer sees it. */
  path: z.string().trim().min(1).max(4_096).optional(),
});

/** What was asked of the trainer, without the rows. */
export const storedRequest = z.object({
  base: z.string(),
  method: z.enum(trainerMethods),
  seed: z.number(),
  settings: tuningSettings,
  samplePrompts: z.array(z.string()),
  source: tuningSource,
  sourceName: z.string(),
  heldOutShare: z.number(),
  mask: z.boolean(),
  masked: z.number(),
});
export type StoredRequest = z.output<typeof storedRequest>;

export const tuningStatuses = ["queued", "running", "done", "failed", "cancelled"] as const;
export type TuningStatus = (typeof tuningStatuses)[number];

/** A file of the result, and whether it lies in this app's store too. */
export interface KeptArtifact extends TrainerArtifact {
  readonly fileId: string | null;
}
export interface TuningResult {
  readonly artifacts: readonly KeptArtifact[];
  readonly steps: number;
  readonly bestEvalLoss: number | null;
  readonly baseHash: string | null;
  readonly peakMemoryBytes: number | null;
  /** The folder of the files, as the trainer sees it. */
  readonly folder: string | null;
}

export interface TuningItem {
  readonly id: string;
  readonly name: string;
  readonly status: TuningStatus;
  readonly base: string;
  readonly method: string;
  readonly trainRows: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly step: number;
  readonly totalSteps: number | null;
}

export interface TuningView extends TuningItem {
  readonly endpointId: string;
  readonly tunedModelId: string;
  readonly versionId: string | null;
  readonly parentId: string | null;
  readonly jobId: string | null;
  readonly remoteId: string | null;
  readonly dataHash: string;
  readonly heldOutRows: number;
  readonly request: StoredRequest;
  readonly record: TrainingRecord;
  readonly result: TuningResult | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}
