import type { Prisma } from "@/generated/prisma/client";
import type { RunListItem } from "./run.types";

export const runFields = {
  id: true,
  pipeline: { select: { id: true, name: true } },
  revision: { select: { number: true } },
  trigger: true,
  status: true,
  startedAt: true,
  endedAt: true,
  durationMs: true,
  inputTokens: true,
  outputTokens: true,
  uncountedCalls: true,
  costMicroUsd: true,
  errorCode: true,
  errorMessage: true,
} as const satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof runFields }>;

export const runListItem = ({ revision, costMicroUsd, ...row }: Row): RunListItem => ({
  ...row,
  revisionNumber: revision.number,
  costMicroUsd: costMicroUsd === null ? null : Number(costMicroUsd),
});
