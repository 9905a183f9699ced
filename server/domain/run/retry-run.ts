import { randomUUID } from "node:crypto";
import { takenResults } from "@/runtime/executor/taken-results";
import { linkRun } from "@/server/domain/conversation/claim-turn";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { liveRunsOf, mostEditorRuns } from "./live-runs";
import { planFromStep } from "./plan-part";
import { refuseErased } from "./refuse-erased";
import { retryInput } from "./run.types";
import type { RunIdentity } from "./run-record";
import { servicesOfRun } from "./services-of-run";

/**
 * Runs again what failed in a run that has ended, or a step and what follows it, and what depends on it, in the version of the pipeline that it was of and with its inputs: a new run, which takes
 * the recorded results of everything else, items and rounds of containers among them.
 */
export const retryRun = editorProcedure.input(retryInput).mutation(async ({ ctx, input }) => {
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
  const fork =
    compiled.ok && input.from !== undefined
      ? planFromStep(compiled.value, { id: input.id, events }, { ...input.from })
      : null;
  // What a run of some steps left out is no failure that is run again.
  const isPart = first?.type === "run-start" && first.part !== undefined;
  const taken = fork?.taken ?? (compiled.ok && !isPart ? takenResults(compiled.value, events) : []);
  if (!compiled.ok || first?.type !== "run-start" || (fork === null && taken.length === 0)) {
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
  await linkRun(database, run.id, input.id);
  const started = live.start({
    run,
    plan: compiled.value,
    inputs: fork?.inputs ?? first.inputs,
    models: workspaceGateway(database, workspaceId),
    services: servicesOfRun(database, run, { userId: ctx.member.userId }),
    pace: "watched",
    taken,
    ...(fork !== null && { part: fork.part }),
    // It remembers what the run did, and is no turn of its own.
    ...(first.conversation ? { conversation: first.conversation } : {}),
    ...(first.variants ? { variants: first.variants } : {}),
  });
  await started.begun();
  await refuseErased(database, started);
  return { runId: run.id, taken: taken.length };
});
