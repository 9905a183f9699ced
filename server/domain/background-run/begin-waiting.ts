import type { RunErrorData } from "@/runtime/run/errors";
import type { RunEvent } from "@/runtime/run/events";
import { interruptEvents } from "@/runtime/run/interrupt";
import { heldTurn } from "@/server/domain/conversation/claim-turn";
import { bindingsOf, boundModels } from "@/server/domain/endpoint/bound-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { LiveRuns } from "@/server/domain/run/live-runs";
import { foldRun, type RunIdentity, runWays, summaryOf } from "@/server/domain/run/run-record";
import { servicesOfRun } from "@/server/domain/run/services-of-run";
import { leaseMs, logText } from "@/server/domain/run/write-runs";
import { settleHolds } from "@/server/domain/usage/settle-holds";
import type { Database } from "@/server/platform/db/database";
import { sourceKindOf } from "@/server/platform/route/source";

/** A run in the queue. */
export interface WaitingRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly deploymentId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  /** The key, or the source that asked in its place. */
  readonly apiKeyId: string;
  /** By which way it was asked for. */
  readonly way: string;
  /** JSON as text. */
  readonly inputs: string;
}

const identityOf = ({ inputs: _, way, ...run }: WaitingRun): RunIdentity => ({
  ...run,
  trigger: "api",
  way: runWays.find((each) => each === way) ?? "background",
});

/** Takes a run out of the queue and gives it its row and the beginning of its log, in one transaction: of several that try, one does. */
const store = async (
  { prisma }: Database,
  run: RunIdentity,
  events: readonly RunEvent[],
  until: Date | null,
): Promise<boolean> =>
  prisma.$transaction(async (transaction) => {
    const taken = await transaction.backgroundRun.updateMany({
      where: { id: run.id, isBegun: false },
      data: { isBegun: true, inputs: "", inputBytes: 0 },
    });
    if (taken.count === 0) return false;
    const { costMicroUsd, ...summary } = summaryOf(foldRun(events));
    const cost = costMicroUsd === null ? null : BigInt(costMicroUsd);
    await transaction.run.create({ data: { ...run, ...summary, costMicroUsd: cost, leaseUntil: until } });
    // One that ends without having begun is no turn of its conversation.
    if (until === null) {
      await transaction.conversation.updateMany({
        where: { busyRunId: run.id },
        data: { busyRunId: null, busySince: null },
      });
    }
    const { log, firstSeq, lastSeq } = logText(events);
    await transaction.runEventChunk.create({
      data: { runId: run.id, workspaceId: run.workspaceId, firstSeq, lastSeq, events: log },
    });
    return true;
  });

/** Ends a run that waits for its turn without beginning it. Says whether it did: not where it has begun meanwhile. */
export const endWaiting = async (
  database: Database,
  waiting: WaitingRun,
  error: RunErrorData,
  outcome: "failure" | "aborted",
  now: Date = new Date(),
): Promise<boolean> => {
  const compiled = await planOfRevision(database, waiting.revisionId);
  const start: RunEvent = {
    type: "run-start",
    runId: waiting.id,
    seq: 0,
    at: now.toISOString(),
    graphHash: compiled.ok ? compiled.value.graphHash : "",
    inputs: JSON.parse(waiting.inputs),
  };
  const events = [start, ...interruptEvents([start], error, now.toISOString(), outcome)];
  return store(database, identityOf(waiting), events, null);
};

/** Why a call like this one would be refused now, though it was accepted; null where it would not. */
const closedSince = async (
  { prisma }: Database,
  { apiKeyId, deploymentId }: WaitingRun,
  now: Date,
): Promise<string | null> => {
  const [key, deployment] = await Promise.all([
    sourceKindOf(apiKeyId) === null
      ? prisma.apiKey.findUnique({ where: { id: apiKeyId }, select: { revokedAt: true, expiresAt: true } })
      : { revokedAt: null, expiresAt: null },
    prisma.deployment.findUnique({
      where: { id: deploymentId },
      select: { active: true, pipeline: { select: { deletedAt: true } } },
    }),
  ]);
  if (key === null || key.revokedAt !== null) return "Its API key was revoked before its turn came.";
  if (key.expiresAt !== null && key.expiresAt <= now) return "Its API key expired before its turn came.";
  if (deployment === null || deployment.pipeline.deletedAt !== null)
    return "The pipeline was deleted before its turn came.";
  return deployment.active ? null : "The pipeline was paused before its turn came.";
};

/** Begins a run whose turn it is, or ends it where its key or its address was closed while it waited. Its beginning is stored before anything of it happens; from then on a crash takes it up like any other. */
export const beginWaiting = async (
  database: Database,
  runs: LiveRuns,
  waiting: WaitingRun,
  now: Date = new Date(),
): Promise<void> => {
  const compiled = await planOfRevision(database, waiting.revisionId);
  if (!compiled.ok) {
    const message = "This version of the pipeline can no longer run.";
    await endWaiting(database, waiting, { code: "internal", message }, "failure", now);
    return;
  }
  const message = await closedSince(database, waiting, now);
  if (message !== null) {
    await endWaiting(database, waiting, { code: "aborted", message }, "aborted", now);
    return;
  }
  const plan = compiled.value;
  const run = identityOf(waiting);
  const inputs = JSON.parse(waiting.inputs);
  const { graphHash } = plan;
  const conversation = plan.conversation === undefined ? null : await heldTurn(database, run.id, plan.conversation);
  const start: RunEvent = {
    type: "run-start",
    runId: run.id,
    seq: 0,
    at: now.toISOString(),
    graphHash,
    inputs,
    ...(conversation !== null && { conversation }),
  };
  const lease = new Date(now.getTime() + leaseMs);
  if (!(await store(database, run, [start], lease))) return;
  const live = runs.start({
    run,
    plan,
    inputs,
    models: boundModels(workspaceGateway(database, run.workspaceId, waiting.apiKeyId), await bindingsOf(database, run)),
    services: servicesOfRun(database, run),
    pace: "watched",
    resume: [start],
  });
  live.settled.hear(() => {
    settleHolds(database, [run.id]).catch((error: unknown) =>
      console.error("what a background run took could not be counted, and is tried again:", error),
    );
  });
};
