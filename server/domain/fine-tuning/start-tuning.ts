import { createHash } from "node:crypto";
import type { Pair } from "@/runtime/fine-tuning/trainer/check-pairs";
import { inTurns, type Steps } from "@/runtime/node/steps";
import { storeFile } from "@/server/domain/file/store-file";
import { modelForVersion } from "@/server/domain/tuned-model/create-model";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { startJob } from "@/server/platform/job/start-job";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { checkTuning } from "./check-tuning";
import {
  byIdInput,
  type StartInput,
  type StoredRequest,
  startInput,
  storedRequest,
  tuningLimits,
} from "./fine-tuning.types";
import { openTrainer } from "./open-trainer";
import { asRefusal } from "./refuse-trainer";
import { tuningJob } from "./tuning-job";
import { findTrainer, findTuning } from "./tuning-row";

function* lines(pairs: readonly Pair[]): Steps<string> {
  const made: string[] = [];
  for (const { prompt, answer, heldOut } of pairs) {
    made.push(`${JSON.stringify({ prompt, answer, heldOut })}\n`);
    yield;
  }
  return made.join("");
}

const room = async ({ prisma }: Database, workspaceId: string): Promise<void> => {
  if ((await prisma.tuning.count({ where: { workspaceId } })) < tuningLimits.tunings) return;
  throw new ApplicationError("BAD_REQUEST", `A workspace keeps ${tuningLimits.tunings} trainings.`, {
    reason: "limit-reached",
    hint: "Remove some that have ended.",
  });
};

interface Begun {
  readonly database: Database;
  readonly workspaceId: string;
  readonly userId: string;
  readonly tuningId: string;
}

const follow = async ({ database, workspaceId, userId, tuningId }: Begun): Promise<string> => {
  const jobId = await startJob(database, {
    workspaceId,
    userId,
    subject: `tuning:${tuningId}`,
    definition: tuningJob,
    input: { tuningId },
  });
  await database.prisma.tuning.updateMany({ where: { id: tuningId, workspaceId }, data: { jobId } });
  return jobId;
};

/** Begins a training on a trainer, unless what is known says that it is hopeless. */
export const startTuning = editorProcedure.input(startInput).mutation(async ({ ctx, input, signal }) => {
  const { database, workspaceId, member } = ctx;
  await room(database, workspaceId);
  if (input.parentId !== undefined) await findTuning(database, workspaceId, input.parentId);
  const { endpointId } = await findTrainer(database, workspaceId, input.trainerId);
  const { check, rows } = await checkTuning(database, workspaceId, withoutName(input), signal).catch(asRefusal);
  const [stop] = check.stops;
  if (stop !== undefined) {
    const message = `This training would come to nothing: ${stop}.`;
    throw new ApplicationError("BAD_REQUEST", message, {
      reason: "rows-refused",
      hint: "The check says what to change.",
      fields: { source: message },
    });
  }
  if (input.settings.earlyStoppingPatience !== undefined && check.heldOutRows === 0) {
    const message = "Stopping early needs held-out rows: without them there is no loss to watch.";
    throw new ApplicationError("BAD_REQUEST", message, {
      reason: "input-invalid",
      fields: { earlyStoppingPatience: message },
    });
  }
  const text = await inTurns(lines(rows.pairs));
  const model = await modelForVersion(database, workspaceId, "chat", input);
  const { fileId } = await storeFile(database, { workspaceId, name: `${input.name}.jsonl`, bytes: Buffer.from(text) });
  const request: StoredRequest = {
    base: input.base,
    method: input.method,
    seed: input.seed,
    settings: input.settings,
    samplePrompts: input.samplePrompts,
    source: input.source,
    sourceName: check.sourceName,
    heldOutShare: input.heldOutShare,
    mask: input.mask,
    masked: input.mask ? (check.findings.find(({ kind }) => kind === "personal-data")?.count ?? 0) : 0,
  };
  const { id } = await database.prisma.tuning.create({
    data: {
      workspaceId,
      userId: member.userId,
      name: input.name,
      endpointId,
      tunedModelId: model.id,
      parentId: input.parentId ?? null,
      request: request as object,
      rowsFileId: fileId,
      dataHash: createHash("sha256").update(text).digest("hex"),
      trainRows: check.trainRows,
      heldOutRows: check.heldOutRows,
    },
  });
  await recordAudit(database, {
    member,
    action: "tuning.start",
    subject: `tuning:${id}`,
    data: { name: input.name, base: input.base, method: input.method, rows: check.trainRows },
  });
  return { id, jobId: await follow({ database, workspaceId, userId: member.userId, tuningId: id }) };
});

const withoutName = ({ trainerId, source, base, method, heldOutShare, seed, mask, settings }: StartInput) => ({
  trainerId,
  source,
  base,
  method,
  heldOutShare,
  seed,
  mask,
  settings,
});

/** The same training again: the same rows to the byte, base, settings and seed. */
export const makeAgain = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  await room(database, workspaceId);
  const before = await findTuning(database, workspaceId, input.id);
  const { name, endpointId, rowsFileId, dataHash, trainRows, heldOutRows } = before;
  const model = await modelForVersion(database, workspaceId, "chat", { modelId: before.tunedModelId });
  const { id } = await database.prisma.tuning.create({
    data: {
      workspaceId,
      name,
      endpointId,
      rowsFileId,
      dataHash,
      trainRows,
      heldOutRows,
      request: storedRequest.parse(before.request) as object,
      userId: member.userId,
      tunedModelId: model.id,
      parentId: before.id,
    },
  });
  await recordAudit(database, {
    member,
    action: "tuning.again",
    subject: `tuning:${id}`,
    data: { of: before.id, name: before.name },
  });
  return { id, jobId: await follow({ database, workspaceId, userId: member.userId, tuningId: id }) };
});

/** A failed training goes on: on the trainer from its last checkpoint, or where only this app lost sight of it, by looking again. */
export const resumeTuning = editorProcedure.input(byIdInput).mutation(async ({ ctx, input, signal }) => {
  const { database, workspaceId, member } = ctx;
  const tuning = await findTuning(database, workspaceId, input.id);
  if (tuning.status !== "failed") {
    throw new ApplicationError("CONFLICT", "Only a training that failed can go on.", { reason: "input-invalid" });
  }
  try {
    if (tuning.remoteId !== null) {
      const trainer = await openTrainer(database, workspaceId, tuning.endpointId);
      const { state } = await trainer.job(tuning.remoteId, signal);
      if (state === "failed") await trainer.resume(tuning.remoteId, signal);
    }
  } catch (error) {
    return asRefusal(error);
  }
  const { count } = await database.prisma.tuning.updateMany({
    where: { id: tuning.id, workspaceId, status: "failed" },
    data: { status: "queued", errorCode: null, errorMessage: null, endedAt: null },
  });
  if (count === 0) throw new ApplicationError("CONFLICT", "It goes on already.", { reason: "input-invalid" });
  await recordAudit(database, {
    member,
    action: "tuning.resume",
    subject: `tuning:${tuning.id}`,
    data: { name: tuning.name },
  });
  return { id: tuning.id, jobId: await follow({ database, workspaceId, userId: member.userId, tuningId: tuning.id }) };
});
