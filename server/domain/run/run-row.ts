import type { Prisma } from "@/generated/prisma/client";
import { replyOutcomes } from "@/runtime/node/reply/reply-outcome";
import type { RunListItem } from "./run.types";
import { runWays } from "./run-record";

export const runFields = {
  id: true,
  pipeline: { select: { id: true, name: true } },
  revision: { select: { number: true } },
  trigger: true,
  way: true,
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
  question: true,
  answer: true,
  deployment: { select: { id: true, slug: true } },
  feedback: { select: { rating: true } },
} as const satisfies Prisma.RunSelect;

type Row = Prisma.RunGetPayload<{ select: typeof runFields }>;

export const runListItem = ({ revision, costMicroUsd, feedback, ...row }: Row): RunListItem => ({
  ...row,
  rating: feedback === null ? null : feedback.rating === "good" ? "good" : "bad",
  revisionNumber: revision.number,
  way: runWays.find((way) => way === row.way) ?? null,
  replyOutcome: replyOutcomes.find((outcome) => outcome === row.replyOutcome) ?? null,
  costMicroUsd: costMicroUsd === null ? null : Number(costMicroUsd),
});
