import { randomUUID } from "node:crypto";
import { ok } from "@/runtime/graph/result";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import { checkInputs } from "@/runtime/plan/check-inputs";
import type { Plan } from "@/runtime/plan/plan";
import { linkRun } from "@/server/domain/conversation/claim-turn";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { resolveInputFiles } from "@/server/domain/file/resolve-input-files";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { rememberPlan } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { giveTurnBack, takeTurn } from "./conversation/take-turn";
import { draftToRun } from "./draft-to-run";
import { liveRunsOf, mostEditorRuns as mostAtOnce } from "./live-runs";
import { planPartOfDraft } from "./plan-part";
import { refuseErased } from "./refuse-erased";
import { startInput } from "./run.types";
import type { RunIdentity } from "./run-record";
import { servicesOfRun } from "./services-of-run";

/** Runs the saved draft, with variants or other settings of some of its nodes where they are given. When this answers, the run is stored with its beginning, and a restart of the app resumes it. */
export const startRun = editorProcedure.input(startInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const outage = outageNow(database);
  if (outage !== null) throw outageError(outage);
  const { pipeline, document, graphHash, variants, plan, pins } = await draftToRun(database, workspaceId, input);
  const { inputFields } = plan;
  const resolved = await resolveInputFiles(database, workspaceId, inputFields, input.inputs);
  // A step that runs alone has its own inputs, and one item of a container those of its record.
  const asksInputs = input.part?.mode !== "alone" && (input.part?.within ?? []).length === 0;
  const checked = !resolved.ok ? resolved : asksInputs ? checkInputs(inputFields, resolved.value) : ok(input.inputs);
  if (!checked.ok) {
    throw new ApplicationError("BAD_REQUEST", checked.error[0]?.message ?? "The inputs are not valid.", {
      reason: "input-invalid",
      fields: Object.fromEntries(checked.error.map(({ field, message }) => [field || "inputs", message])),
    });
  }
  const part = await planPartOfDraft(database, workspaceId, {
    pipelineId: pipeline.id,
    plan,
    document,
    inputs: checked.value,
    part: input.part,
    pins: input.pins ? pins : undefined,
  });
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
  rememberPlan(frozen.id, ok(plan));
  const run: RunIdentity = {
    id: randomUUID(),
    workspaceId,
    pipelineId: pipeline.id,
    revisionId: frozen.id,
    deploymentId: null,
    apiKeyId: null,
    userId: ctx.member.userId,
    trigger: "editor",
  };
  // What it takes of a stored run was said there.
  if (input.part?.source !== undefined) await linkRun(database, run.id, input.part.source);
  // A part that is run by itself is no turn.
  const conversation = input.part === undefined ? await turnOf(database, run, plan, input.conversationId) : undefined;
  const started = live.start({
    run,
    plan,
    inputs: part?.inputs ?? checked.value,
    models: workspaceGateway(database, workspaceId),
    services: servicesOfRun(database, run, { userId: ctx.member.userId }),
    pace: "watched",
    variants,
    ...(part !== null && { taken: part.taken, part: part.part }),
    ...(conversation && { conversation }),
  });
  if (conversation !== undefined) giveTurnBack(database, started);
  await started.begun();
  if (input.part?.source !== undefined) await refuseErased(database, started);
  return { runId: run.id, conversationId: conversation?.id ?? null };
});

/** The turn that the run is of what the person and the draft say to each other; undefined where the pipeline keeps no conversation. */
const turnOf = async (
  database: Database,
  run: RunIdentity,
  { conversation: spec }: Plan,
  name: string | null,
): Promise<ConversationSnapshot | undefined> => {
  if (spec === undefined) return undefined;
  const owner = { ...run, memberId: run.userId ?? null };
  const taken = await takeTurn(database, { owner, name, user: "", runId: run.id, spec });
  if (taken.ok) return taken.value;
  if (taken.error.reason !== "busy") {
    const isFull = taken.error.reason === "full";
    const message = isFull
      ? "This conversation is as long as it can be."
      : "This workspace can keep no more conversations.";
    throw new ApplicationError("TOO_MANY_REQUESTS", message, {
      reason: "limit-reached",
      hint: isFull ? "Begin another one." : "Have them forgotten sooner, under Settings → Retention.",
    });
  }
  throw new ApplicationError("CONFLICT", "The turn before in this conversation has not ended.", {
    reason: "conversation-busy",
    hint: taken.error.waiting
      ? "It waits for a person. Answer it, cancel it, or begin another conversation."
      : "Wait for its answer.",
  });
};
