import { z } from "zod";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runFeedback } from "@/server/domain/run/run-feedback";
import { foldRun } from "@/server/domain/run/run-record";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { ownDeployment } from "./own-deployment";
import { publishedLimits } from "./published.types";
import { readBody } from "./read-body";
import { unknownRun } from "./refuse-run";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

const body = z.strictObject(runFeedback);

const notEnded = () =>
  new RouteRefusal(409, "run-not-ended", "The run has not ended yet, so there is no answer to rate.", {
    hint: "Rate it when its answer has come.",
  });

/**
 * `POST /api/v1/pipelines/{slug}/runs/{runId}/feedback`: what the caller, or the person behind it, thinks of an answer. Said again, it takes the place of
 * what was said; what a member of the workspace said in the app stays.
 */
export const ratePublishedRun = async ({ parameters, caller, database, json }: Call): Promise<Response> => {
  const { slug, runId } = parameters;
  const { workspaceId, apiKeyId } = caller;
  requireRight(caller, "mayRate");
  const { rating, correction } = readBody(
    body,
    await json(publishedLimits.feedbackBytes),
    'Send {"rating": "good", "bad" or null, "correction": "…"} and nothing else.',
  );
  const { prisma } = database;
  const deploymentId = await ownDeployment(database, slug, caller);
  // An answer is out before its record is stored; who rates it at once waits for that.
  const live = liveRunsOf(database).get(runId);
  if (live?.run.deploymentId === deploymentId && live.run.apiKeyId === apiKeyId) {
    if (["running", "paused"].includes(foldRun(live.soFar).status)) throw notEnded();
    await live.finished;
  }
  const run = await prisma.run.findFirst({
    where: { id: runId, workspaceId, deploymentId, apiKeyId },
    select: { status: true, feedback: { select: { userId: true } } },
  });
  if (run === null) throw unknownRun();
  if (run.status === "running" || run.status === "paused") throw notEnded();
  if (typeof run.feedback?.userId === "string")
    throw new RouteRefusal(409, "rated-by-member", "Somebody of the workspace has rated this answer already.", {
      hint: "Their rating stays.",
    });
  // Only a caller's own rating is touched, also where a member rates in between.
  const mine = { runId, workspaceId, userId: null };
  if (rating === null) await prisma.runFeedback.deleteMany({ where: mine });
  else {
    const said = { rating, correction };
    const { count } = await prisma.runFeedback.updateMany({ where: mine, data: said });
    if (count === 0) await prisma.runFeedback.createMany({ data: { ...mine, ...said }, skipDuplicates: true });
  }
  return Response.json({ runId, rating, correction: rating === null ? "" : correction });
};
