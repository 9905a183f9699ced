import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";

export const batchLimits = {
  rows: 10_000,
  /** Bytes of what is sent. */
  bytes: 16 * 1024 * 1024,
  /** Bytes of one row's inputs, as JSON. */
  rowBytes: 1024 * 1024,
  columns: 200,
  customIdCharacters: 200,
  nameCharacters: 120,
  /** Under way at once, and kept, in one workspace. */
  open: 5,
  kept: 200,
  /** Rows of one batch in the queue or under way at once. */
  atOnce: 8,
  /** Problems that are named. */
  told: 20,
  lookMs: 2_000,
} as const;

export const rowStates = ["open", "queued", "success", "empty", "failure", "cancelled"] as const;
export type BatchRowState = (typeof rowStates)[number];
export const batchStates = ["running", "ended", "cancelled"] as const;

const source = z.union([
  z.strictObject({ kind: z.literal("text"), format: z.enum(["jsonl", "csv"]), text: z.string().max(2_000_000) }),
  z.strictObject({ kind: z.literal("file"), fileId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("dataset"), datasetId: identifier }),
]);
export type BatchSource = z.output<typeof source>;

export const byDeploymentInput = z.strictObject({ deploymentId: identifier });
export const byIdInput = z.strictObject({ id: identifier });
export const previewInput = z.strictObject({ deploymentId: identifier, source });
export const startInput = z.strictObject({
  deploymentId: identifier,
  source,
  name: lineOfText(batchLimits.nameCharacters),
});

/** A row as it was sent. */
export interface GivenRow {
  readonly customId: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Why it will not be run: an English sentence; null where it fits. */
  readonly problem: string | null;
}

export interface BatchForecast {
  readonly rows: number;
  /** Rows that the live version would not take. */
  readonly unfit: number;
  readonly problems: readonly { readonly row: number; readonly message: string }[];
  /** Columns, or members, that no input is called by, and are left out. */
  readonly ignored: readonly string[];
  /** Runs that the forecast is made from; 0: it says nothing. */
  readonly basedOn: number;
  readonly seconds: number | null;
  readonly costMicroUsd: number | null;
}

export interface BatchView {
  readonly id: string;
  readonly name: string;
  readonly state: (typeof batchStates)[number];
  readonly waiting: string | null;
  readonly rows: number;
  readonly counts: Readonly<Record<BatchRowState, number>>;
  /** Millionths of a US dollar, of the runs whose cost is known. */
  readonly spentMicroUsd: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** The first rows that failed. */
  readonly failed: readonly { readonly row: number; readonly customId: string | null; readonly message: string }[];
}
