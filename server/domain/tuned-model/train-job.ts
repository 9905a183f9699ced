import { z } from "zod";
import { runInWorker } from "@/runtime/fine-tuning/run-in-worker";
import { headSettings } from "@/runtime/fine-tuning/train-head";
import { patientModels } from "@/runtime/model/patient-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { storeFile } from "@/server/domain/file/store-file";
import { loadRows } from "@/server/domain/training-set/row-file";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { defineJob } from "@/server/platform/job/define-job";
import { JobFailure } from "@/server/platform/job/job-failure";
import { jobPatience } from "@/server/platform/job/job-patience";
import { embedTexts } from "./embed-texts";
import type { VersionData, VersionMetrics } from "./tuned-model.types";
import { nextNumber } from "./version-row";

export const trainJobInput = z.strictObject({
  tunedModelId: z.string(),
  trainingSetId: z.string(),
  /** As they were when the training was asked for: a set that is cleaned meanwhile changes nothing. */
  fileId: z.string(),
  contentHash: z.string(),
  setName: z.string(),
  /** `<endpoint slug>/<model name>`, never `default`. */
  embeddingModel: z.string(),
  testShare: z.number(),
  settings: headSettings,
  notes: z.string(),
});

/** Trains a classifier head and registers it as a draft version. Vectors that are there already are not asked for again. */
export const trainHeadJob = defineJob({
  kind: "tuned-model/train",
  input: trainJobInput,
  run: async ({ input, database, workspaceId, userId, jobId, signal, progress }) => {
    const { prisma } = database;
    // Taken up again after the version was written: nothing is left to do.
    const written = await prisma.tunedModelVersion.findFirst({
      where: { workspaceId, tunedModelId: input.tunedModelId, data: { path: ["jobId"], equals: jobId } },
      select: { id: true, number: true },
    });
    if (written !== null) return { versionId: written.id, number: written.number };

    progress({ stage: "read", done: 0, total: null });
    const rows = await loadRows(database, workspaceId, input.fileId);
    const gateway = patientModels(workspaceGateway(database, workspaceId), jobPatience(progress));
    progress({ stage: "embed", done: 0, total: rows.length });
    const { vectors, dimensions } = await embedTexts(database, {
      workspaceId,
      model: input.embeddingModel,
      texts: rows.map(({ text }) => text),
      signal,
      embed: (texts) => gateway.embed({ model: input.embeddingModel, input: texts }, { signal, onCall: () => {} }),
      progress: (done, total) => progress({ stage: "embed", done, total }),
    });
    progress({ stage: "train", done: 0, total: null });
    const result = await runInWorker(
      { kind: "train", settings: input.settings, testShare: input.testShare, rows, dimensions, vectors },
      { root: process.cwd(), signal, progress: (stage, done, total) => progress({ stage, done, total }) },
    );
    progress({ stage: "register", done: 0, total: null });
    const store = (name: string, bytes: Uint8Array) => storeFile(database, { workspaceId, name, bytes });
    const weights = await store("head.bin", result.head);
    const predictions = await store(
      "predictions.jsonl",
      Buffer.from(result.predictions.map((row) => `${JSON.stringify(row)}\n`).join("")),
    );
    const data: VersionData & { jobId: string } = {
      jobId,
      trainingSetId: input.trainingSetId,
      name: input.setName,
      hash: input.contentHash,
      trainRows: result.trainRows,
      testRows: result.evaluation.rows,
      labels: result.labels,
    };
    const metrics: VersionMetrics = {
      ...result.evaluation,
      curve: result.curve,
      bestEpoch: result.bestEpoch,
      validationRows: result.validationRows,
      trainMs: Math.round(result.trainMs),
      dimensions,
      predictionsFileId: predictions.fileId,
    };
    return prisma.$transaction(async (transaction) => {
      const model = await transaction.tunedModel.findFirst({ where: { id: input.tunedModelId, workspaceId } });
      if (model === null) throw new JobFailure("model-gone", "The model was deleted while it was being trained.");
      const version = await transaction.tunedModelVersion.create({
        data: {
          workspaceId,
          tunedModelId: model.id,
          number: await nextNumber(transaction, model.id),
          base: input.embeddingModel,
          method: "head",
          parameters: { ...input.settings, testShare: input.testShare, temperature: result.temperature },
          data: data as object,
          metrics: metrics as object,
          weightsFileId: weights.fileId,
          notes: input.notes,
        },
      });
      await transaction.tunedModel.update({ where: { id: model.id }, data: { updatedAt: new Date() } });
      if (userId !== null) {
        await recordAudit(
          { prisma: transaction },
          {
            member: { userId, workspaceId },
            action: "tuned-model.train",
            subject: `tuned-model:${model.id}`,
            data: { version: version.number, rows: rows.length, accuracy: result.evaluation.accuracy.value },
          },
        );
      }
      return { versionId: version.id, number: version.number };
    });
  },
});
