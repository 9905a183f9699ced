import type { Prisma } from "@/generated/prisma/client";
import { replyOutcomes } from "@/runtime/node/reply/reply-outcome";
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
  replyOutcome: true,
} as const satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof runFields }>;

export const runListItem = ({ revision, costMicroUsd, ...row }: Row): RunListItem => ({
  ...row,
  revisionNumber: revision.number,
  replyOutcome: replyOutcomes.find((outcome) => outcome === row.replyOutcome) ?? null,
  costMicroUsd: costMicroUsd === null ? null : Number(costMicroUsd),
});
