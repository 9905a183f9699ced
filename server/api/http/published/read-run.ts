import { findWaiting } from "@/server/domain/background-run/cancel-background";
import { turnOfRun } from "@/server/domain/run/conversation/turn-of-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Answer } from "@/server/platform/lean/answer";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { ownDeployment } from "./own-deployment";
import { unknownRun } from "./refuse-run";
import { statusAnswer, waitingAnswer } from "./run-answer";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

/** `GET /api/v1/pipelines/{slug}/runs/{runId}`: how a run stands that the key started, and what it answered once it has. */
export const readRun = async (call: Call): Promise<Answer> => {
  requireRight(call.caller, "mayRead");
  return answerStatus(call, await ownDeployment(call.database, call.parameters.slug, call.caller));
};

/** The same without asking for the right to read. */
export const answerStatus = async ({ parameters, caller, database }: Call, deploymentId: string): Promise<Answer> => {
  const { slug, runId } = parameters;
  const { workspaceId, apiKeyId } = caller;
  const live = liveRunsOf(database).get(runId);
  if (live?.run.deploymentId === deploymentId && live.run.apiKeyId === apiKeyId) return statusAnswer(slug, live.state);
  // In this order: a run whose turn comes in between is found by its row.
  const waiting = await findWaiting(database, runId, deploymentId, apiKeyId);
  if (waiting !== null) return waitingAnswer(runId, (await turnOfRun(database, runId)) ?? {});
  const run = await database.prisma.run.findFirst({
    where: { id: runId, workspaceId, deploymentId, apiKeyId },
    select: { id: true },
  });
  if (run === null) throw unknownRun();
  return statusAnswer(slug, foldRun(await readRunLog(database, runId)));
};
