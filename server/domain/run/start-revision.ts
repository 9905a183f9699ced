import { randomUUID } from "node:crypto";
import type { GraphDocument } from "@/runtime/graph/document";
import { checkInputs } from "@/runtime/plan/check-inputs";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { resolveInputFiles } from "@/server/domain/file/resolve-input-files";
import { compileOrRefuse } from "@/server/domain/revision/compile-or-refuse";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { liveRunsOf, mostEditorRuns } from "./live-runs";
import { servicesOfRun } from "./services-of-run";

interface RevisionToRun {
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly document: GraphDocument;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly userId: string;
}

/** Runs a frozen version for a person who looks at what it answers; it is no turn of a conversation. Gives the run's id once it is stored with its beginning. */
export const startRevision = async (
  database: Database,
  workspaceId: string,
  { pipelineId, revisionId, document, inputs, userId }: RevisionToRun,
): Promise<string> => {
  const outage = outageNow(database);
  if (outage !== null) throw outageError(outage);
  const plan = compileOrRefuse(document, "it can run");
  const resolved = await resolveInputFiles(database, workspaceId, plan.inputFields, inputs);
  const checked = resolved.ok ? checkInputs(plan.inputFields, resolved.value) : resolved;
  if (!checked.ok) {
    throw new ApplicationError("BAD_REQUEST", checked.error[0]?.message ?? "The inputs are not valid.", {
      reason: "input-invalid",
      fields: Object.fromEntries(checked.error.map(({ field, message }) => [field || "inputs", message])),
    });
  }
  const live = liveRunsOf(database);
  if (live.countOf(workspaceId) >= mostEditorRuns) {
    throw new ApplicationError("TOO_MANY_REQUESTS", `${mostEditorRuns} runs are under way already.`, {
      reason: "limit-reached",
      hint: "Wait for one to end, or cancel one.",
    });
  }
  const run = {
    id: randomUUID(),
    workspaceId,
    pipelineId,
    revisionId,
    deploymentId: null,
    apiKeyId: null,
    userId,
    trigger: "editor",
  } as const;
  const started = live.start({
    run,
    plan,
    inputs: checked.value,
    models: workspaceGateway(database, workspaceId),
    services: servicesOfRun(database, run, { userId }),
    pace: "watched",
  });
  await started.begun();
  return run.id;
};
