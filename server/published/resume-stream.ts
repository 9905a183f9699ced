import type { RouteCall } from "@/server/guard/route";
import { feedOf } from "@/server/run/event-feed";
import { followRun } from "@/server/run/follow-run";
import { liveRunsOf } from "@/server/run/live-runs";
import { planOfRevision } from "@/server/run/plan-of-revision";
import { readEventId } from "./event-id";
import { publishedLimits } from "./published.types";
import { unknownPipeline, unknownRun } from "./refuse-run";
import { streamRun } from "./stream-run";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

/** `GET /api/v1/pipelines/{slug}/runs/{runId}/events`: goes on with a stream that broke, after `Last-Event-ID`. */
export const resumeStream = async ({ request, parameters, caller, database }: Call): Promise<Response> => {
  const { slug, runId } = parameters;
  const deployment = await database.prisma.deployment.findUnique({
    where: { slug, workspaceId: caller.workspaceId },
    select: { id: true },
  });
  if (deployment === null) throw unknownPipeline();
  const live = liveRunsOf(database).get(runId);
  const stored = await database.prisma.run.findFirst({
    where: { id: runId, deploymentId: deployment.id },
    select: { revisionId: true, resumedAt: true },
  });
  // A run that has only just begun may not be stored yet.
  const revisionId = live?.run.deploymentId === deployment.id ? live.run.revisionId : stored?.revisionId;
  const compiled = revisionId === undefined ? null : await planOfRevision(database, revisionId);
  if (compiled === null || !compiled.ok) throw unknownRun();
  const resumedAt = stored?.resumedAt ?? [];
  const after = readEventId(request.headers.get("last-event-id"), resumedAt);
  return streamRun({
    plan: compiled.value,
    open: feedOf((signal) => followRun(database, runId, after, signal)),
    hold: () => liveRunsOf(database).get(runId)?.hold(publishedLimits.graceMs) ?? (() => {}),
    restarts: resumedAt.length,
  });
};
