import { randomUUID } from "node:crypto";
import { takenResults } from "@/runtime/executor/taken-results";
import { wholeReplies } from "@/runtime/model/whole-replies";
import { runErrors } from "@/runtime/run/errors";
import { linkRun } from "@/server/domain/conversation/claim-turn";
import { bindingsOf, boundModels } from "@/server/domain/endpoint/bound-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { RunIdentity } from "@/server/domain/run/run-record";
import { servicesOfRun } from "@/server/domain/run/services-of-run";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { admitRun } from "@/server/domain/usage/admit-run";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { Answer } from "@/server/platform/lean/answer";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import type { RouteCall } from "@/server/platform/route/route";
import { wholeState } from "./answer-new";
import { findPublished } from "./begin-published-run";
import { tooManyRuns, unknownRun } from "./refuse-run";
import { limitReached } from "./refuse-usage";
import { wholeAnswer } from "./run-answer";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

const refuse = (code: "run-not-ended" | "nothing-to-retry", message: string, hint: string, runId: string) =>
  new RouteRefusal(409, code, message, { hint, runId });

/**
 * `POST /api/v1/pipelines/{slug}/runs/{runId}/retry`: runs again what failed in a run of the key that has ended, in the version that it was of and with its inputs. It is a new run,
 * which takes everything that ended well from that one: steps, and items and rounds of containers, in any depth. It counts towards limits as any other.
 */
export const retryPublishedRun = async ({ parameters, caller, database, onGone }: Call): Promise<Answer> => {
  const { slug, runId } = parameters;
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const { deployment } = await findPublished(database, slug, caller);
  const { apiKeyId } = caller;
  const former = await database.prisma.run.findFirst({
    where: { id: runId, workspaceId: deployment.workspaceId, deploymentId: deployment.id, apiKeyId },
    select: { status: true, pipelineId: true, revisionId: true },
  });
  const runs = liveRunsOf(database);
  const isLive = runs.get(runId)?.run.apiKeyId === apiKeyId;
  if (former === null && !isLive) throw unknownRun();
  if (former === null || former.status === "running" || former.status === "paused")
    throw refuse("run-not-ended", "The run has not ended yet.", "Wait for its end, or cancel it.", runId);
  const [compiled, events] = await Promise.all([
    planOfRevision(database, former.revisionId),
    readRunLog(database, runId),
  ]);
  const [first] = events;
  if (!compiled.ok) {
    const { status, hint } = runErrors.internal;
    throw new RouteRefusal(status, "internal", "This version of the pipeline can no longer run.", { hint });
  }
  const taken = first?.type === "run-start" ? takenResults(compiled.value, events) : [];
  if (first?.type !== "run-start" || taken.length === 0) {
    const hint = "Run the pipeline again as a whole.";
    throw refuse("nothing-to-retry", "Nothing in this run failed, or nothing of it can be taken over.", hint, runId);
  }
  const run: RunIdentity = {
    id: randomUUID(),
    workspaceId: deployment.workspaceId,
    pipelineId: former.pipelineId,
    revisionId: former.revisionId,
    deploymentId: deployment.id,
    apiKeyId,
    trigger: "api",
    way: "json",
  };
  const admission = await admitRun(database, run, [
    { scope: `key:${apiKeyId}`, limits: caller.limits },
    { scope: `deployment:${deployment.id}`, limits: deployment.limits },
  ]);
  if (admission !== null && admission.reached !== null) throw limitReached(admission.reached, admission);
  const giveBack = runs.places.take({ workspaceId: run.workspaceId, key: apiKeyId });
  if (giveBack === null) {
    await admission?.release();
    throw tooManyRuns();
  }
  try {
    await linkRun(database, run.id, runId);
    const models = boundModels(
      workspaceGateway(database, run.workspaceId, apiKeyId),
      await bindingsOf(database, { deploymentId: deployment.id, workspaceId: run.workspaceId }),
    );
    const live = runs.start({
      run,
      plan: compiled.value,
      inputs: first.inputs,
      models: wholeReplies(models),
      services: servicesOfRun(database, run, { endUser: first.conversation?.user }),
      // It remembers what the run did, and is no turn of its own.
      ...(first.conversation && { conversation: first.conversation }),
      pace: "behind",
      taken,
    });
    live.ended.hear(giveBack);
    if (admission !== null) live.settled.hear(admission.settle);
    return wholeAnswer(slug, await wholeState(database, live, onGone));
  } catch (error) {
    giveBack();
    throw error;
  }
};
