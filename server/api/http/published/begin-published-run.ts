import { randomUUID } from "node:crypto";
import { wholeReplies } from "@/runtime/model/whole-replies";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import { checkInputs, type RunInputs } from "@/runtime/plan/check-inputs";
import type { Plan } from "@/runtime/plan/plan";
import { runErrors } from "@/runtime/run/errors";
import { releaseTurn } from "@/server/domain/conversation/claim-turn";
import { filledInputs } from "@/server/domain/deployment/filled-inputs";
import { findDeployment, findKeptVersion } from "@/server/domain/deployment/find-deployment";
import { boundModels, type ModelBindings } from "@/server/domain/endpoint/bound-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { resolveInputFiles } from "@/server/domain/file/resolve-input-files";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { giveTurnBack, takeTurn } from "@/server/domain/run/conversation/take-turn";
import type { LiveRun } from "@/server/domain/run/live-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { RunIdentity, RunWay } from "@/server/domain/run/run-record";
import { servicesOfRun } from "@/server/domain/run/services-of-run";
import { type Admission, admitRun } from "@/server/domain/usage/admit-run";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { coversDeployment, requireRight } from "@/server/platform/route/key-rights";
import type { Talk } from "./published.types";
import { inputRefusal, pausedPipeline, tooManyRuns, unknownPipeline, unknownVersion } from "./refuse-run";
import { noConversation, notTheLastTurn, turnRefusal } from "./refuse-turn";
import { limitReached } from "./refuse-usage";

/** The plan that a slug serves to the holder of a key: what is live, or the version that they ask for. */
export const findPublished = async (
  database: Database,
  slug: string,
  caller: KeyHolder,
  version: number | null = null,
) => {
  requireRight(caller, "mayRun");
  const deployment = await findDeployment(database, slug);
  if (deployment === null || deployment.workspaceId !== caller.workspaceId) throw unknownPipeline();
  if (!coversDeployment(caller, deployment.id)) throw unknownPipeline();
  if (!deployment.active) throw pausedPipeline();
  const kept = version === null ? deployment : await findKeptVersion(database, deployment, version);
  if (kept === null) throw unknownVersion(version);
  const { revisionId } = kept;
  const compiled = await planOfRevision(database, revisionId);
  if (!compiled.ok) {
    const { status, hint } = runErrors.internal;
    throw new RouteRefusal(status, "internal", "This version of the pipeline can no longer run.", { hint });
  }
  return { deployment, revisionId, plan: compiled.value };
};

export interface PublishedCall {
  readonly inputs: unknown;
  /** Left out: a run by itself, also of a pipeline that keeps conversations. */
  readonly talk?: Talk;
  /** Whether the caller reads the answer as it comes; else models are asked for whole replies, which cost less. */
  readonly streams: boolean;
  readonly way: RunWay;
  /** The number of a version that is asked for; left out: what is live. */
  readonly version?: number | null;
  /** The caller's `traceparent`; left out where runs are not traced. */
  readonly traceParent?: string | null;
  /** Chosen by the caller's key where it sent one; left out: a new one. */
  readonly runId?: string;
  /** Called once the run may begin, for what costs so much that whoever is refused shall not have it: gives the inputs as they then are. */
  readonly admitted?: Admitted | undefined;
}
export type Admitted = () => Promise<Readonly<Record<string, unknown>>>;

/** Everything that is known of a run before it begins: what it runs and whose it is. Refuses by what is wrong. */
const admitPublishedRun = async (
  database: Database,
  slug: string,
  caller: KeyHolder,
  { inputs, talk, way, version, runId, admitted }: Omit<PublishedCall, "streams">,
): Promise<{
  readonly run: RunIdentity;
  readonly plan: Plan;
  readonly admission: Admission | null;
  /** What is called in the place of models that its steps name. */
  readonly bindings: ModelBindings | null;
  /** The inputs, which are in order. */
  readonly read: () => Promise<RunInputs>;
}> => {
  const { deployment, revisionId, plan } = await findPublished(database, slug, caller, version);
  const check = async (given: unknown): Promise<RunInputs> => {
    const filled = filledInputs(plan, deployment, given);
    const resolved = await resolveInputFiles(database, deployment.workspaceId, plan.inputFields, filled);
    const checked = resolved.ok ? checkInputs(plan.inputFields, resolved.value) : resolved;
    if (!checked.ok) throw inputRefusal(checked.error);
    return checked.value;
  };
  const known = admitted === undefined ? await check(inputs) : null;
  if (talk?.conversation_id !== undefined && plan.conversation === undefined) throw noConversation();
  const run: RunIdentity = {
    id: runId ?? randomUUID(),
    workspaceId: deployment.workspaceId,
    pipelineId: deployment.pipelineId,
    revisionId,
    deploymentId: deployment.id,
    apiKeyId: caller.apiKeyId,
    trigger: "api",
    way,
  };
  const admission = await admitRun(database, run, [
    { scope: `key:${caller.apiKeyId}`, limits: caller.limits },
    { scope: `deployment:${deployment.id}`, limits: deployment.limits },
  ]);
  // Before a turn of a conversation is taken: whoever is refused here holds none.
  if (admission !== null && admission.reached !== null) throw limitReached(admission.reached, admission);
  return { run, plan, admission, bindings: deployment.bindings, read: async () => known ?? check(await admitted?.()) };
};

/** A run that is to begin later, with its inputs and its turn of a conversation, which it holds from now on: one that is sent meanwhile is refused, as behind any other. */
export const preparePublishedRun = async (
  database: Database,
  slug: string,
  caller: KeyHolder,
  call: Omit<PublishedCall, "streams">,
) => {
  const { run, plan, admission, read } = await admitPublishedRun(database, slug, caller, call);
  try {
    const inputs = await read();
    return { run, admission, inputs, conversation: await turnOf(database, run, plan, call.talk) };
  } catch (error) {
    await admission?.release();
    throw error;
  }
};

/** Starts a run of the stored version. Its record is written in batches behind the answer. */
export const beginPublishedRun = async (
  database: Database,
  slug: string,
  caller: KeyHolder,
  { streams, ...call }: PublishedCall,
): Promise<{ readonly live: LiveRun; readonly plan: Plan; readonly admission: Admission | null }> => {
  const { run, plan, admission, bindings, read } = await admitPublishedRun(database, slug, caller, call);
  const runs = liveRunsOf(database);
  const giveBack = runs.places.take({ workspaceId: run.workspaceId, key: caller.apiKeyId });
  if (giveBack === null) {
    await admission?.release();
    throw tooManyRuns();
  }
  let inputs: RunInputs;
  let conversation: ConversationSnapshot | null;
  try {
    inputs = await read();
    conversation = await turnOf(database, run, plan, call.talk);
  } catch (error) {
    giveBack();
    await admission?.release();
    throw error;
  }
  const models = boundModels(workspaceGateway(database, run.workspaceId, caller.apiKeyId), bindings);
  const live = runs.start({
    run: call.traceParent ? { ...run, traceParent: call.traceParent } : run,
    plan,
    inputs,
    models: streams ? models : wholeReplies(models),
    services: servicesOfRun(database, run, { endUser: call.talk?.user }),
    ...(conversation !== null && { conversation }),
    pace: "behind",
  });
  live.ended.hear(giveBack);
  if (conversation !== null) giveTurnBack(database, live);
  if (admission !== null) live.settled.hear(admission.settle);
  return { live, plan, admission };
};

/** The turn that a run is of the caller's conversation; null where the pipeline keeps none. */
const turnOf = async (
  database: Database,
  run: RunIdentity,
  { conversation: spec }: Plan,
  talk: Talk | undefined,
): Promise<ConversationSnapshot | null> => {
  if (spec === undefined || talk === undefined) return null;
  const { conversation_id, user = "", after } = talk;
  const owner = { ...run, memberId: null };
  const taken = await takeTurn(database, { owner, name: conversation_id ?? null, user, runId: run.id, spec });
  if (!taken.ok) throw turnRefusal(taken.error);
  if (after !== undefined && taken.value.turn !== after + 1) {
    await releaseTurn(database, run.id);
    throw notTheLastTurn();
  }
  return taken.value;
};
