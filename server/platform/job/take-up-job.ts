import { randomUUID } from "node:crypto";
import { Prisma } from "@/generated/prisma/client";
import { isNodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { throughOutages } from "@/server/platform/readiness/through-outages";
import type { JobDefinition, Json } from "./define-job";
import { jobLimits } from "./job.types";
import { isJobFailure } from "./job-failure";
import { liveJobsOf } from "./live-jobs";
import { ProgressWriter } from "./progress-writer";
import { trimJobs } from "./trim-jobs";

/** A job that has taken its process down with it so often will do it again. */
export const mostTakeUps = 3;

/** This process's right to a job, as the queue sees it. */
export interface Claim {
  readonly jobId: string;
  /** 1 for the first time that the job is taken up. */
  readonly attempt: number;
  /** Aborts when the queue has given the job to somebody else. */
  readonly signal: AbortSignal;
}

type End =
  | { readonly status: "success"; readonly result: Json }
  | { readonly status: "failure"; readonly errorCode: string; readonly errorMessage: string }
  | { readonly status: "cancelled" };

/** Runs one job to its end and stores how it ended. Resolves also where it failed; a job that was lost to another process stays as it is. */
export const takeUpJob = async (
  database: Database,
  definitions: readonly JobDefinition[],
  claim: Claim,
): Promise<void> => {
  const live = liveJobsOf(database);
  const { jobId } = claim;
  // The queue took the job away and gave it back to this process: what still runs of it ends first.
  await live.get(jobId)?.settled;
  const cancelled = new AbortController();
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  live.add(jobId, { cancel: () => cancelled.abort(), settled });
  try {
    await run(database, definitions, claim, cancelled);
  } finally {
    settle();
    live.changed(jobId);
  }
};

const run = async (
  database: Database,
  definitions: readonly JobDefinition[],
  { jobId, attempt, signal: lost }: Claim,
  cancelled: AbortController,
): Promise<void> => {
  const live = liveJobsOf(database);
  const through = <T>(work: () => Promise<T>) =>
    throughOutages(database, lost, work, (error) => console.error(`job ${jobId} waits for an outage to pass:`, error));
  const row = await through(() => begin(database, jobId));
  if (row === null) return;
  live.changed(jobId);
  const end = async (outcome: End) => {
    await through(() => store(database, jobId, outcome));
    await through(() => trimJobs(database, row.workspaceId));
  };
  if (row.cancelRequestedAt !== null) return end({ status: "cancelled" });
  if (attempt > mostTakeUps) {
    return end(failure("interrupted", `The app stopped ${mostTakeUps} times while this job was under way.`));
  }
  const definition = definitions.find(({ kind }) => kind === row.kind);
  if (definition === undefined) return end(failure("job-unknown", "This version of the app does not know this job."));
  const input = definition.input.safeParse(row.input);
  if (!input.success) return end(failure("job-unknown", "This version of the app cannot read this job's input."));

  const writer = new ProgressWriter(database, jobId, {
    onWritten: () => live.changed(jobId),
    onCancel: () => cancelled.abort(),
  });
  const signal = AbortSignal.any([cancelled.signal, lost]);
  let outcome: End | null;
  try {
    const call = { input: input.data, database, workspaceId: row.workspaceId, userId: row.userId, jobId, signal };
    const result = await throughOutages(
      database,
      signal,
      () => definition.run({ ...call, progress: writer.set }),
      (error) => console.error(`job ${jobId} goes on when an outage has passed:`, error),
    );
    outcome = success(result);
  } catch (error) {
    if (lost.aborted && !cancelled.signal.aborted) outcome = null;
    else outcome = cancelled.signal.aborted ? { status: "cancelled" } : failureOf(jobId, error);
  }
  await writer.stop().catch((error: unknown) => console.error(`job ${jobId}:`, error));
  if (outcome !== null) await end(outcome);
};

/** null where the job has ended or is gone. */
const begin = async ({ prisma }: Database, id: string) => {
  const now = new Date();
  await prisma.job.updateMany({ where: { id, status: "queued" }, data: { status: "running", startedAt: now } });
  await prisma.job.updateMany({
    where: { id, waitingFor: { not: null } },
    data: { waitingFor: null, waitingUntil: null },
  });
  const row = await prisma.job.findUnique({ where: { id } });
  return row?.status === "running" ? row : null;
};

const store = async ({ prisma }: Database, id: string, outcome: End): Promise<void> => {
  const data = outcome.status === "success" ? { ...outcome, result: outcome.result ?? Prisma.DbNull } : outcome;
  await prisma.job.updateMany({ where: { id, status: "running" }, data: { ...data, endedAt: new Date() } as never });
};

const success = (result: Json | undefined): End => {
  const text = JSON.stringify(result ?? null);
  if (text.length > jobLimits.resultLength) throw new Error(`its result has ${text.length} characters`);
  return { status: "success", result: result ?? null };
};

const failure = (errorCode: string, message: string): End => ({
  status: "failure",
  errorCode,
  // What PostgreSQL cannot store is no part of a sentence.
  errorMessage: message.toWellFormed().replaceAll("\u0000", "").slice(0, jobLimits.messageLength),
});

const failureOf = (jobId: string, error: unknown): End => {
  if (isJobFailure(error) || isNodeFailure(error)) return failure(error.code, error.message);
  if (error instanceof ApplicationError) return failure(error.details.reason, error.message);
  const reference = randomUUID();
  console.error(`job ${jobId} failed, reference ${reference}:`, error);
  return failure("internal", `Something went wrong on our side. If it happens again, report reference ${reference}.`);
};
