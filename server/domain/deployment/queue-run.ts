import { fail, ok, type Result } from "@/runtime/graph/result";
import { checkInputs } from "@/runtime/plan/check-inputs";
import type { Plan } from "@/runtime/plan/plan";
import { acceptRun } from "@/server/domain/background-run/accept-run";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { resolveInputFiles } from "@/server/domain/file/resolve-input-files";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { RunWay } from "@/server/domain/run/run-record";
import { admitRun } from "@/server/domain/usage/admit-run";
import type { Database } from "@/server/platform/db/database";
import { uniqueViolation } from "@/server/platform/db/unique-violation";
import { isStorable } from "@/server/platform/guard/storable";
import { readUsageLimits, type UsageLimits } from "@/server/platform/route/usage-limits";
import { filledInputs } from "./filled-inputs";
import { type CallableDeployment, findDeployment } from "./find-deployment";

/** Why a run was not taken into the queue. `again`: the same may be taken later. */
export interface QueueRefusal {
  readonly code: "unpublished" | "paused" | "broken" | "inputs" | "limit" | "queue-full";
  /** English sentence. */
  readonly message: string;
  readonly again: boolean;
}

const refuse = (code: QueueRefusal["code"], message: string, again = false): Result<never, QueueRefusal> =>
  fail({ code, message, again });

/** What a deployment runs, and for whom. */
export interface Served {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly limits: unknown;
  readonly variables: CallableDeployment["variables"];
  readonly plan: Plan;
}

/** What a deployment would run now, or why it runs nothing. Reads the database, not what a process remembers. */
export const servedNow = async (database: Database, deploymentId: string): Promise<Result<Served, QueueRefusal>> => {
  const row = await database.prisma.deployment.findFirst({
    where: { id: deploymentId, pipeline: { deletedAt: null } },
    select: { slug: true, workspaceId: true, pipelineId: true, revisionId: true, active: true, limits: true },
  });
  if (row === null) return refuse("unpublished", "The pipeline was deleted, so nothing is published here any more.");
  if (!row.active) return refuse("paused", "The deployment is paused.");
  const compiled = await planOfRevision(database, row.revisionId);
  if (!compiled.ok) return refuse("broken", "The live version can no longer run. Publish the pipeline again.");
  const { workspaceId, pipelineId, revisionId, limits } = row;
  const variables = (await findDeployment(database, row.slug))?.variables ?? null;
  return ok({ workspaceId, pipelineId, revisionId, limits, variables, plan: compiled.value });
};

/** The inputs as a run of this plan takes them, or what is wrong with them in one sentence. */
export const fitInputs = async (
  database: Database,
  { workspaceId, plan, variables }: Pick<Served, "workspaceId" | "plan" | "variables">,
  given: unknown,
): Promise<Result<Readonly<Record<string, unknown>>, string>> => {
  const inputs = filledInputs(plan, { variables }, given);
  if (!isStorable(inputs)) return fail("A value holds signs that cannot be stored.");
  const resolved = await resolveInputFiles(database, workspaceId, plan.inputFields, inputs);
  const checked = resolved.ok ? checkInputs(plan.inputFields, resolved.value) : resolved;
  if (checked.ok) return ok(checked.value);
  const [first] = checked.error;
  const more = checked.error.length > 1 ? ` (and ${checked.error.length - 1} more)` : "";
  return fail(`${first?.message ?? "The inputs are not valid."}${more}`);
};

export interface QueuedRun {
  readonly deploymentId: string;
  /** Of the source that asks, as `sourceId` gives it. */
  readonly source: string;
  readonly way: RunWay;
  readonly inputs: unknown;
  readonly runId: string;
  /** The key that asks, where one does: its limits hold, too. */
  readonly key?: { readonly id: string; readonly limits: UsageLimits | null };
}

/**
 * Takes a run that no key asks for into the queue of background runs, once: where a run of this id is there already, that is enough. The deployment's limits hold
 * for it as for any other.
 */
export const queueRun = async (
  database: Database,
  { deploymentId, source, way, inputs, runId, key }: QueuedRun,
): Promise<Result<null, QueueRefusal>> => {
  const [known] = await database.query<{ id: string }>(
    `SELECT "id" FROM "Run" WHERE "id" = $1 UNION ALL SELECT "id" FROM "BackgroundRun" WHERE "id" = $1 LIMIT 1`,
    [runId],
  );
  if (known !== undefined) return ok(null);
  const served = await servedNow(database, deploymentId);
  if (!served.ok) return served;
  const { workspaceId, pipelineId, revisionId } = served.value;
  const fitted = await fitInputs(database, served.value, inputs);
  if (!fitted.ok) return refuse("inputs", `The inputs do not fit the live version: ${fitted.error}`);
  const limits = readUsageLimits(served.value.limits);
  const admission = await admitRun(database, { id: runId, deploymentId }, [
    ...(key === undefined ? [] : [{ scope: `key:${key.id}`, limits: key.limits }]),
    { scope: `deployment:${deploymentId}`, limits },
  ]);
  if (admission !== null && admission.reached !== null) {
    const whose = admission.reached.scope.startsWith("key:") ? "API key" : "deployment";
    return refuse("limit", `A limit of the ${whose} is reached until ${admission.reached.endsAt.toISOString()}.`, true);
  }
  const run = { id: runId, workspaceId, pipelineId, revisionId, deploymentId, apiKeyId: source, way } as const;
  const accepted = await acceptRun(database, { ...run, trigger: "api" }, fitted.value).catch((error: unknown) => {
    // Somebody else has queued the very same meanwhile.
    if ((error as { readonly code?: unknown }).code === uniqueViolation) return "there" as const;
    throw error;
  });
  if (accepted !== "accepted") await admission?.release();
  if (accepted === "queue-full") return refuse("queue-full", "Too many runs wait for their turn.", true);
  runQueueOf(database).wake();
  return ok(null);
};
