import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import type { Json } from "./define-job";

export const jobStatuses = ["queued", "running", "success", "failure", "cancelled"] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const jobLimits = {
  /** Jobs of one workspace that have not ended. */
  open: 100,
  /** Jobs of one workspace that have ended and are kept. */
  kept: 500,
  /** Characters of a result as JSON. */
  resultLength: 1_000_000,
  /** Characters of an error's message. */
  messageLength: 2_000,
} as const;

const subject = z.string().min(1).max(200);

export const byIdInput = z.strictObject({ id: identifier });
export const listInput = z.strictObject({
  subject: subject.optional(),
  limit: z.int().min(1).max(100).default(20),
});

/** A job as people see it. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  /** What it works on, e.g. `knowledge-base:<id>`. */
  readonly subject: string;
  readonly status: JobStatus;
  /** Whether somebody has asked it to stop. */
  readonly cancelling: boolean;
  readonly stage: string | null;
  readonly done: number;
  readonly total: number | null;
  /** `<endpoint slug>/<model name>` that it waits for, and until when; null where it waits for none. */
  readonly waitingFor: string | null;
  readonly waitingUntil: Date | null;
  readonly result: Json | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export const hasEnded = (status: JobStatus): boolean => status !== "queued" && status !== "running";
