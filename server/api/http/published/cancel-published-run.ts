import { cancelWaiting, findWaiting } from "@/server/domain/background-run/cancel-background";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { cancelPaused } from "@/server/domain/run/pause/cancel-paused";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { ownDeployment } from "./own-deployment";
import { answerStatus } from "./read-run";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

/**
 * `POST /api/v1/pipelines/{slug}/runs/{runId}/cancel`: ends a run that the key started, whether it waits for its turn, is under way, or waits for people. Answers how the
 * run stands then: one that had ended stays as it ended. A key that may not read runs is told the status alone.
 */
export const cancelPublishedRun = async (call: Call): Promise<Answer> => {
  const { parameters, caller, database } = call;
  const { slug, runId } = parameters;
  const { apiKeyId } = caller;
  requireRight(caller, "mayRun");
  const deploymentId = await ownDeployment(database, slug, caller);
  const runs = liveRunsOf(database);
  const waiting = await findWaiting(database, runId, deploymentId, apiKeyId);
  if (waiting !== null && (await cancelWaiting(database, waiting))) runs.onBackgroundSettled?.(runId);
  const live = runs.get(runId);
  if (live?.run.deploymentId === deploymentId && live.run.apiKeyId === apiKeyId) {
    live.cancel();
    await live.finished;
  }
  const own = { id: runId, deploymentId, apiKeyId };
  const run = await database.prisma.run.findFirst({ where: own, select: { status: true } });
  if (run?.status === "paused" && (await cancelPaused(database, runId))) runs.onBackgroundSettled?.(runId);
  if (run?.status === "running" && runs.get(runId) === undefined) {
    throw new RouteRefusal(409, "run-elsewhere", "The run is under way in another process, which has to end it.", {
      hint: "Send the request again: another process may answer it.",
      runId,
    });
  }
  const answer = await answerStatus(call, deploymentId);
  return caller.mayRead ? answer : bareStatus(answer);
};

/** What was answered is for keys that may read runs. */
const bareStatus = ({ status, body }: Answer): Answer => {
  const { runId, status: run } = JSON.parse(typeof body === "string" ? body : "{}") as Readonly<
    Record<string, unknown>
  >;
  return jsonAnswer({ runId, status: run }, status);
};
