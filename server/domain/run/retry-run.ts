import { randomUUID } from "node:crypto";
import { takenResults } from "@/runtime/executor/taken-results";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { liveRunsOf, mostEditorRuns } from "./live-runs";
import { byIdInput } from "./run.types";
import type { RunIdentity } from "./run-record";
import { servicesOfRun } from "./services-of-run";

/**
 * Runs again what failed in a run that has ended, and what depends on it, in the version of the pipeline that it was of and with its inputs: a new run, which takes
 * the recorded results of everything else, items and rounds of containers among them.
 */
export const retryRun = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const outage = outageNow(database);
  if (outage !== null) throw outageError(outage);
  const former = await database.prisma.run.findFirst({
    where: { id: input.id, workspaceId, pipeline: { deletedAt: null } },
    select: { status: true, pipelineId: true, revisionId: true },
  });
  if (former === null) throw notFound("run");
  if (former.status === "running" || former.status === "paused") {
    throw new ApplicationError("BAD_REQUEST", "The run has not ended yet.", {
      reason: "input-invalid",
      hint: "Wait for its end, or cancel it.",
    });
  }
  const [compiled, events] = await Promise.all([
    planOfRevision(database, former.revisionId),
    readRunLog(database, input.id),
  ]);
  const [first] = events;
  const taken = compiled.ok ? takenResults(compiled.value, events) : [];
  if (!compiled.ok || first?.type !== "run-start" || taken.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "Nothing of this run can be taken over.", {
      reason: "input-invalid",
      hint: "Run the pipeline again as a whole.",
    });
  }
  const live = liveRunsOf(database);
  if (live.countOf(workspaceId) >= mostEditorRuns) {
    throw new ApplicationError("TOO_MANY_REQUESTS", `${mostEditorRuns} runs are under way already.`, {
      reason: "limit-reached",
      hint: "Wait for one to end, or cancel one.",
    });
  }
  const run: RunIdentity = {
    id: randomUUID(),
    workspaceId,
    pipelineId: former.pipelineId,
    revisionId: former.revisionId,
    deploymentId: null,
    apiKeyId: null,
    userId: ctx.member.userId,
    trigger: "editor",
  };
  const started = live.start({
    run,
    plan: compiled.value,
    inputs: first.inputs,
    models: workspaceGateway(database, workspaceId),
    services: servicesOfRun(database, run, ctx.member.userId),
    pace: "watched",
    taken,
    ...(first.variants ? { variants: first.variants } : {}),
  });
  await started.begun();
  return { runId: run.id, taken: taken.length };
});
