import type { Job, Prisma } from "@/generated/prisma/client";
import type { Json } from "./define-job";
import { hasEnded, type JobView } from "./job.types";

export const jobFields = {
  id: true,
  kind: true,
  subject: true,
  status: true,
  stage: true,
  done: true,
  total: true,
  waitingFor: true,
  waitingUntil: true,
  result: true,
  errorCode: true,
  errorMessage: true,
  cancelRequestedAt: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} as const satisfies Prisma.JobSelect;

export const jobView = ({ cancelRequestedAt, result, ...row }: Pick<Job, keyof typeof jobFields>): JobView => ({
  ...row,
  result: result as Json | null,
  cancelling: cancelRequestedAt !== null && !hasEnded(row.status),
});
