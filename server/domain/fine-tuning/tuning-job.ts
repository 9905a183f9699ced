import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Tuning } from "@/generated/prisma/client";
import type { TrainerJob } from "@/runtime/fine-tuning/trainer/contract";
import { addEvent, trainingRecord } from "@/runtime/fine-tuning/trainer/training-record";
import { readFile } from "@/server/domain/file/read-file";
import { defineJob, type JobCall } from "@/server/platform/job/define-job";
import { JobFailure } from "@/server/platform/job/job-failure";
import { storedRequest } from "./fine-tuning.types";
import { openTrainer } from "./open-trainer";
import { registerTuning } from "./register-tuning";
import type { TrainerClient } from "./trainer-client";
import { isTrainerFailure } from "./trainer-failure";

/** How long a trainer may be away before its training counts as lost; it can be resumed all the same. */
export const longestAwayMs = 12 * 60 * 60_000;
const mostPauseMs = 30_000;
/** The record is written so often at most. */
const writeMs = 1_500;

type Call = JobCall<{ readonly tuningId: string }>;

/** Follows a training on its trainer until it ends there, through the app's restarts and the trainer's. */
export const tuningJob = defineJob({
  kind: "fine-tuning/train",
  input: z.strictObject({ tuningId: z.string() }),
  run: async (call) => {
    const { input, database, workspaceId, signal } = call;
    const found = await database.prisma.tuning.findFirst({ where: { id: input.tuningId, workspaceId } });
    if (found === null) throw new JobFailure("model-gone", "The training was deleted.");
    if (found.versionId !== null) return { versionId: found.versionId };
    try {
      const trainer = await openTrainer(database, workspaceId, found.endpointId);
      const tuning = await submitted(call, trainer, found);
      const job = await followed(call, trainer, tuning);
      if (job.state === "failed")
        throw new JobFailure(job.error?.code ?? "failed", job.error?.message ?? "The trainer says that it failed.");
      if (job.state === "cancelled") throw new JobFailure("cancelled-there", "It was cancelled on the trainer.");
      call.progress({ stage: "register", done: 0, total: null });
      const versionId = await registerTuning(database, trainer, tuning, job, signal);
      return { versionId };
    } catch (error) {
      await settle(call, found, error);
      throw isTrainerFailure(error) ? new JobFailure(error.code, error.message) : error;
    }
  },
});

/** Writes down how it ended; where somebody cancelled it, on the trainer too. A job that another process goes on with stays as it is. */
const settle = async (
  { database, jobId, signal, workspaceId }: Call,
  { id, endpointId }: Tuning,
  error: unknown,
): Promise<void> => {
  const job = await database.prisma.job.findUnique({ where: { id: jobId }, select: { cancelRequestedAt: true } });
  const cancelled = signal.aborted && (job?.cancelRequestedAt ?? null) !== null;
  if (signal.aborted && !cancelled) return;
  if (cancelled) {
    const { remoteId } = await database.prisma.tuning.findUniqueOrThrow({ where: { id }, select: { remoteId: true } });
    let left: string | null = null;
    try {
      if (remoteId !== null)
        await (await openTrainer(database, workspaceId, endpointId)).cancel(remoteId, AbortSignal.timeout(15_000));
    } catch (failure) {
      left = `It was cancelled here, but the trainer could not be told and may go on: ${failure instanceof Error ? failure.message : failure}`;
    }
    await database.prisma.tuning.update({
      where: { id },
      data: {
        status: "cancelled",
        endedAt: new Date(),
        errorCode: left === null ? null : "not-told",
        errorMessage: left,
      },
    });
    return;
  }
  const known = isTrainerFailure(error) || (error instanceof Error && error.name === "JobFailure");
  const { code, message } = known
    ? (error as { code: string; message: string } & Error)
    : { code: "internal", message: "Something went wrong on our side." };
  await database.prisma.tuning.update({
    where: { id },
    data: {
      status: "failed",
      endedAt: new Date(),
      errorCode: code,
      errorMessage: message.toWellFormed().replaceAll("\u0000", "").slice(0, 5_000),
    },
  });
};

/** Does the work, again and again while the trainer is away. */
const patiently = async <T>({ signal, progress }: Call, name: string, work: () => Promise<T>): Promise<T> => {
  const began = Date.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      const made = await work();
      if (attempt > 0) progress({ waiting: null });
      return made;
    } catch (error) {
      signal.throwIfAborted();
      if (!isTrainerFailure(error) || error.kind !== "away" || Date.now() - began > longestAwayMs) throw error;
      const pause = Math.min(mostPauseMs, 500 * 2 ** Math.min(attempt, 10));
      progress({ waiting: { model: name, until: Date.now() + pause } });
      await wait(pause, undefined, { signal });
    }
  }
};

const stored = z.object({ prompt: z.string(), answer: z.string(), heldOut: z.boolean() });

const submitted = async (call: Call, trainer: TrainerClient, tuning: Tuning): Promise<Tuning> => {
  if (tuning.remoteId !== null) return tuning;
  const { database, workspaceId, progress, signal } = call;
  progress({ stage: "send", done: 0, total: null });
  const { base, method, seed, settings, samplePrompts } = storedRequest.parse(tuning.request);
  const text = new TextDecoder().decode(await readFile(database, workspaceId, tuning.rowsFileId));
  const pairs = text.split("\n").flatMap((line) => (line === "" ? [] : [stored.parse(JSON.parse(line))]));
  const part = (held: boolean) =>
    pairs.flatMap(({ prompt, answer, heldOut }) => (heldOut === held ? [{ prompt, answer }] : []));
  const body = {
    name: tuning.name,
    key: tuning.id,
    base,
    stage: "sft",
    method,
    seed,
    settings,
    samplePrompts,
    rows: { train: part(false), evaluation: part(true) },
  };
  // The key makes a second asking, after a restart between, mean the same job.
  const job = await patiently(call, trainer.name, () => trainer.submit(body, signal));
  return database.prisma.tuning.update({ where: { id: tuning.id }, data: { remoteId: job.id } });
};

/** Takes in what the trainer tells until it says that the job has ended. */
const followed = async (
  call: Call,
  trainer: TrainerClient,
  { id, remoteId, lastEvent, record: before }: Tuning,
): Promise<TrainerJob> => {
  const { database, progress, signal } = call;
  const remote = remoteId ?? "";
  let record = trainingRecord.parse(before);
  let last = lastEvent;
  let writtenAt = 0;
  const write = async () => {
    writtenAt = Date.now();
    await database.prisma.tuning.update({
      where: { id },
      data: { status: "running", record: record as object, lastEvent: last },
    });
  };
  for (;;) {
    const job = await patiently(call, trainer.name, async () => {
      progress({ stage: "train", done: record.step, total: record.totalSteps });
      for await (const { id: number, event } of trainer.events(remote, last, signal)) {
        if (number > last || event?.type === "end") {
          if (event?.type !== "end") {
            last = number;
            record = addEvent(record, event);
          }
          progress({
            stage: "train",
            done: Math.min(record.step, record.totalSteps ?? record.step),
            total: record.totalSteps,
            waiting: null,
          });
        }
        if (Date.now() - writtenAt > writeMs) await write();
      }
      return trainer.job(remote, signal);
    }).finally(() => (signal.aborted ? undefined : write()));
    if (job.state !== "queued" && job.state !== "running") return job;
    await wait(1_000, undefined, { signal });
  }
};
