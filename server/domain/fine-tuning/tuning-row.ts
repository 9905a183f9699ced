import type { Tuning } from "@/generated/prisma/client";
import { trainingRecord } from "@/runtime/fine-tuning/trainer/training-record";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import {
  storedRequest,
  type TuningItem,
  type TuningResult,
  type TuningStatus,
  type TuningView,
} from "./fine-tuning.types";

export const findTuning = async ({ prisma }: Database, workspaceId: string, id: string): Promise<Tuning> => {
  const row = await prisma.tuning.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("training");
  return row;
};

export const findTrainer = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const row = await prisma.trainer.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("trainer");
  return row;
};

export const tuningItem = (row: Tuning): TuningItem => {
  const { base, method } = storedRequest.parse(row.request);
  const { step, totalSteps } = trainingRecord.parse(row.record);
  const { id, name, trainRows, createdAt, endedAt } = row;
  return {
    id,
    name,
    status: row.status as TuningStatus,
    base,
    method,
    trainRows,
    createdAt,
    endedAt,
    step,
    totalSteps,
  };
};

export const tuningView = (row: Tuning): TuningView => ({
  ...tuningItem(row),
  endpointId: row.endpointId,
  tunedModelId: row.tunedModelId,
  versionId: row.versionId,
  parentId: row.parentId,
  jobId: row.jobId,
  remoteId: row.remoteId,
  dataHash: row.dataHash,
  heldOutRows: row.heldOutRows,
  request: storedRequest.parse(row.request),
  record: trainingRecord.parse(row.record),
  result: row.result as TuningResult | null,
  error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? "" },
});
