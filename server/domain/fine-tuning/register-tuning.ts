import type { Tuning } from "@/generated/prisma/client";
import type { TrainerArtifact, TrainerJob } from "@/runtime/fine-tuning/trainer/contract";
import { mostFileBytes } from "@/server/domain/file/file-limits";
import { storeFile } from "@/server/domain/file/store-file";
import { nextNumber } from "@/server/domain/tuned-model/version-row";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { JobFailure } from "@/server/platform/job/job-failure";
import { checkAdapter, isPickle, refusePickles } from "./check-artifacts";
import { type KeptArtifact, storedRequest, type TuningResult } from "./fine-tuning.types";
import type { TrainerClient } from "./trainer-client";

/** Fetches what a training made, checks it, and registers it as a draft version with its lineage. */
export const registerTuning = async (
  database: Database,
  trainer: TrainerClient,
  tuning: Tuning,
  job: TrainerJob,
  signal: AbortSignal,
): Promise<string> => {
  const { result } = job;
  if (result === undefined || result.artifacts.length === 0)
    throw new JobFailure(
      "trainer-untrue",
      `The trainer "${trainer.name}" says that the training is done, but names no file of it.`,
    );
  refusePickles(result.artifacts);
  const request = storedRequest.parse(tuning.request);
  const artifacts: KeptArtifact[] = [];
  for (const artifact of result.artifacts)
    artifacts.push(await keep(database, trainer, tuning, artifact, request.base, signal));
  const kept: TuningResult = {
    artifacts,
    steps: result.steps,
    bestEvalLoss: result.bestEvalLoss ?? null,
    baseHash: result.baseHash ?? null,
    peakMemoryBytes: result.peakMemoryBytes ?? null,
    folder: job.folder ?? null,
  };
  const weights = artifacts.find(({ name }) => name.endsWith(".safetensors"));
  return database.prisma.$transaction(async (prisma) => {
    const model = await prisma.tunedModel.findFirst({
      where: { id: tuning.tunedModelId, workspaceId: tuning.workspaceId },
    });
    if (model === null) throw new JobFailure("model-gone", "The model was deleted while it was being trained.");
    const version = await prisma.tunedModelVersion.create({
      data: {
        workspaceId: tuning.workspaceId,
        tunedModelId: model.id,
        number: await nextNumber(prisma, model.id),
        base: request.base,
        method: request.method,
        parameters: { ...request.settings, seed: request.seed } as object,
        data: {
          tuningId: tuning.id,
          name: request.sourceName,
          hash: tuning.dataHash,
          trainRows: tuning.trainRows,
          testRows: tuning.heldOutRows,
          baseHash: kept.baseHash,
          adapterHash: weights?.hash ?? null,
        },
        metrics: { bestEvalLoss: kept.bestEvalLoss, steps: kept.steps, peakMemoryBytes: kept.peakMemoryBytes },
        weightsFileId: weights?.fileId ?? null,
      },
    });
    await prisma.tunedModel.update({ where: { id: model.id }, data: { updatedAt: new Date() } });
    await prisma.tuning.update({
      where: { id: tuning.id },
      data: { status: "done", versionId: version.id, endedAt: new Date(), result: kept as object },
    });
    if (tuning.userId !== null) {
      await recordAudit(
        { prisma },
        {
          member: { userId: tuning.userId, workspaceId: tuning.workspaceId },
          action: "tuning.done",
          subject: `tuning:${tuning.id}`,
          data: { version: version.number, base: request.base, hash: weights?.hash ?? null },
        },
      );
    }
    return version.id;
  });
};

/** In this app's store where it fits; else it stays on the trainer, which the page says. */
const keep = async (
  database: Database,
  trainer: TrainerClient,
  tuning: Tuning,
  artifact: TrainerArtifact,
  base: string,
  signal: AbortSignal,
): Promise<KeptArtifact> => {
  if (artifact.bytes > mostFileBytes || artifact.bytes === 0 || isPickle(artifact.name))
    return { ...artifact, fileId: null };
  const bytes = await trainer.artifact(tuning.remoteId ?? "", artifact, signal);
  checkAdapter(artifact.name, bytes, base);
  const { fileId } = await storeFile(database, {
    workspaceId: tuning.workspaceId,
    name: artifact.name.replaceAll("/", "-"),
    bytes,
  });
  return { ...artifact, fileId };
};
