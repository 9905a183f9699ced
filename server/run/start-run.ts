import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { catalog } from "@/nodes";
import type { GraphDocument } from "@/runtime/graph/document";
import { applyOverrides } from "@/runtime/graph/overrides";
import { applyVariants } from "@/runtime/graph/variants";
import { checkInputs } from "@/runtime/plan/check-inputs";
import { compile } from "@/runtime/plan/compile";
import { workspaceGateway } from "@/server/endpoint/workspace-gateway";
import { resolveInputFiles } from "@/server/file/resolve-input-files";
import { ApplicationError, notFound } from "@/server/guard/application-error";
import { readDocument } from "@/server/pipeline/read-document";
import { readStoredDocument } from "@/server/pipeline/read-stored-document";
import { outageError, outageNow } from "@/server/readiness/refuse-outage";
import { editorProcedure } from "@/server/trpc";
import { freezeRevision } from "./freeze-revision";
import { liveRunsOf } from "./live-runs";
import { rememberPlan } from "./plan-of-revision";
import { startInput } from "./run.types";
import type { RunIdentity } from "./run-record";
import { servicesOfRun } from "./services-of-run";

/** Runs that people of one workspace may have under way at once from the editor. */
const mostAtOnce = 50;

/** Runs the saved draft, with variants or other settings of some of its nodes where they are given. When this answers, the run is stored with its beginning, and a restart of the app resumes it. */
export const startRun = editorProcedure.input(startInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const outage = outageNow(database);
  if (outage !== null) throw outageError(outage);
  const pipeline = await database.prisma.pipeline.findFirst({
    where: { id: input.pipelineId, workspaceId, deletedAt: null },
    select: { id: true, revision: true, updatedAt: true, graphHash: true, document: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const { revision, updatedAt } = pipeline;
  if (revision !== input.revision) {
    throw new ApplicationError("CONFLICT", "This pipeline was changed elsewhere since you opened it.", {
      reason: "stale-revision",
      hint: "Load the newer version, then run it.",
      conflict: { revision, updatedAt },
    });
  }
  const { document, graphHash, variants } = draftWith(readStoredDocument(pipeline.document), pipeline.graphHash, input);
  const compiled = compile(document, catalog);
  if (!compiled.ok) {
    throw new ApplicationError("BAD_REQUEST", "The pipeline has errors that must be corrected before it can run.", {
      reason: "graph-invalid",
      diagnostics: compiled.error,
    });
  }
  const { inputFields } = compiled.value;
  const resolved = await resolveInputFiles(database, workspaceId, inputFields, input.inputs);
  const checked = resolved.ok ? checkInputs(inputFields, resolved.value) : resolved;
  if (!checked.ok) {
    throw new ApplicationError("BAD_REQUEST", checked.error[0]?.message ?? "The inputs are not valid.", {
      reason: "input-invalid",
      fields: Object.fromEntries(checked.error.map(({ field, message }) => [field || "inputs", message])),
    });
  }
  const live = liveRunsOf(database);
  if (live.countOf(workspaceId) >= mostAtOnce) {
    throw new ApplicationError("TOO_MANY_REQUESTS", `${mostAtOnce} runs are under way already.`, {
      reason: "limit-reached",
      hint: "Wait for one to end, or cancel one.",
    });
  }
  const frozen = await freezeRevision(
    database,
    { id: pipeline.id, workspaceId, graphHash, document },
    {
      reason: graphHash === pipeline.graphHash ? "run" : "variant",
      userId: ctx.member.userId,
      note: variants.map(({ label }) => label).join(", "),
    },
  );
  rememberPlan(frozen.id, compiled);
  const run: RunIdentity = {
    id: randomUUID(),
    workspaceId,
    pipelineId: pipeline.id,
    revisionId: frozen.id,
    deploymentId: null,
    apiKeyId: null,
    trigger: "editor",
  };
  const started = live.start({
    run,
    plan: compiled.value,
    inputs: checked.value,
    models: workspaceGateway(database, workspaceId),
    services: servicesOfRun(database, run, ctx.member.userId),
    pace: "watched",
    variants,
  });
  await started.begun();
  return { runId: run.id };
});

type Changes = Pick<z.output<typeof startInput>, "variants" | "overrides">;

const refuse = (field: "variants" | "overrides", what: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", `The pipeline has no ${what}.`, {
    reason: "input-invalid",
    fields: { [field]: `There is no ${what}.` },
  });

/** What runs is frozen as a revision of its own, so what was laid over is read as anything that comes from outside. */
const draftWith = (document: GraphDocument, graphHash: string, { variants, overrides }: Changes) => {
  if (variants.length === 0 && overrides.length === 0) return { document, graphHash, variants: [] };
  const tried = applyVariants(document, variants);
  if (!tried.ok) throw refuse("variants", `variant ${tried.error.id} of a step ${tried.error.node}`);
  const changed = applyOverrides(tried.value.document, overrides);
  if (!changed.ok) throw refuse("overrides", `step ${changed.error.nodeId}`);
  const { variants: _, ...frozen } = changed.value;
  return { ...readDocument(frozen), variants: tried.value.variants };
};
