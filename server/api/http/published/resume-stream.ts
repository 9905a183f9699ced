import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { feedOf } from "@/server/domain/run/event-feed";
import { followRun } from "@/server/domain/run/follow-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import type { Answer } from "@/server/platform/lean/answer";
import { outageRefusal } from "@/server/platform/readiness/outage";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { requireRight } from "@/server/platform/route/key-rights";
import type { RouteCall } from "@/server/platform/route/route";
import { readEventId } from "./event-id";
import { ownDeployment } from "./own-deployment";
import { publishedLimits } from "./published.types";
import { unknownRun } from "./refuse-run";
import { type RunStream, streamRun } from "./stream-run";

type Call = RouteCall<"api-key", { slug: string; runId: string }>;

/** `GET /api/v1/pipelines/{slug}/runs/{runId}/events`: goes on with a stream that broke, after `Last-Event-ID`. */
export const resumeStream = async ({ request, parameters, caller, database }: Call): Promise<Answer> => {
  const { slug, runId } = parameters;
  requireRight(caller, "mayRead");
  return streamRun(await findRunStream(database, slug, runId, caller, request.headers.get("last-event-id")));
};

/** The events of a run that a key started, after the one that its reader had last. */
export const findRunStream = async (
  database: Database,
  slug: string,
  runId: string,
  caller: KeyHolder,
  lastEventId: string | null,
): Promise<RunStream> => {
  const { apiKeyId } = caller;
  const runs = liveRunsOf(database);
  if (runs.isLeaving) throw outageRefusal("leaving");
  const deploymentId = await ownDeployment(database, slug, caller);
  const live = runs.get(runId);
  const stored = await database.prisma.run.findFirst({
    where: { id: runId, deploymentId, apiKeyId },
    select: { revisionId: true, resumedAt: true },
  });
  // A run that has only just begun may not be stored yet.
  const isTheirs = live?.run.deploymentId === deploymentId && live.run.apiKeyId === apiKeyId;
  const revisionId = isTheirs ? live.run.revisionId : stored?.revisionId;
  const compiled = revisionId === undefined ? null : await planOfRevision(database, revisionId);
  if (compiled === null || !compiled.ok) throw unknownRun();
  const resumedAt = stored?.resumedAt ?? [];
  const after = readEventId(lastEventId, resumedAt);
  return {
    plan: compiled.value,
    open: feedOf((signal) => followRun(database, runId, -1, signal)),
    after,
    hold: () => runs.get(runId)?.hold(publishedLimits.graceMs) ?? (() => {}),
    onCut: (cut) => runs.onCut(cut),
    restarts: resumedAt.length,
  };
};
