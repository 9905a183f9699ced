import { publicFinishReason, toPublicError } from "@/runtime/run/public-events";
import type { RunState } from "@/runtime/run/reduce";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { expenseOf } from "./expense-of";
import { ownDeployment } from "./own-deployment";
import { pausedAnswer } from "./paused-answer";
import { unknownRun } from "./refuse-run";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

/** `GET /api/v1/pipelines/{slug}/runs/{runId}`: how a run stands that the key started, and what it answered once it has. */
export const readRun = async ({ parameters, caller, database }: Call): Promise<Answer> => {
  const { slug, runId } = parameters;
  const { workspaceId, apiKeyId } = caller;
  requireRight(caller, "mayRead");
  const deploymentId = await ownDeployment(database, slug, caller);
  const live = liveRunsOf(database).get(runId);
  if (live?.run.deploymentId === deploymentId && live.run.apiKeyId === apiKeyId) return answerOf(slug, live.state);
  const run = await database.prisma.run.findFirst({
    where: { id: runId, workspaceId, deploymentId, apiKeyId },
    select: { id: true },
  });
  if (run === null) throw unknownRun();
  return answerOf(slug, foldRun(await readRunLog(database, runId)));
};

const answerOf = (slug: string, state: RunState): Answer => {
  const { runId, status, outputs, error, reply } = state;
  if (status === "paused") return pausedAnswer(slug, runId, 200);
  if (status === "running" || status === "pending") return jsonAnswer({ runId, status: "running" });
  return jsonAnswer({
    runId,
    status,
    ...(error === null
      ? { outputs: outputs ?? {}, finishReason: publicFinishReason(reply) }
      : { error: toPublicError(error) }),
    ...expenseOf(state),
  });
};
