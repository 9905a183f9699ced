import { z } from "zod";
import { sayAsked, saySeen } from "@/runtime/eval/gate/say-gate";
import { freezeDraft } from "@/server/domain/revision/freeze-draft";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { readDocument } from "@/server/domain/revision/read-document";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { requestOrigin } from "@/server/platform/guard/client-address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { requireRight } from "@/server/platform/route/key-rights";
import { guardRoute } from "@/server/platform/route/route";
import type { GateCheckView } from "./gate.types";
import { settleCheck } from "./settle-check";
import { startCheck } from "./start-check";

const body = z.strictObject({
  /** Id of the pipeline, or the address that it is published under. */
  pipeline: z.string().min(1).max(64),
  /** A graph document to check; left out: the saved draft. */
  document: z.unknown().optional(),
});

/** What the refusals of the pages' own API are to a caller of this one. */
const refused = (error: unknown): never => {
  if (!(error instanceof ApplicationError)) throw error;
  const status = { NOT_FOUND: 404, CONFLICT: 409, TOO_MANY_REQUESTS: 429 }[error.code as string] ?? 400;
  throw new RouteRefusal(status, error.details.reason, error.message, {
    ...(error.details.hint && { hint: error.details.hint }),
  });
};

const answerOf = (view: GateCheckView) => ({
  check: view.id,
  state: view.state,
  done: view.job?.done ?? 0,
  total: view.job?.total ?? null,
  version: view.revisionNumber,
  comparedWith: view.baselineNumber,
  experiment: view.experimentId,
  message: view.job?.errorMessage ?? null,
  results: view.results.map((result) => ({
    metric: result.metric,
    asked: sayAsked(result, "en"),
    seen: saySeen(result, "en"),
    holds: result.holds,
    value: result.value?.value ?? null,
    live: result.live?.value ?? null,
    difference: result.difference,
  })),
});

/** Refuses a pipeline that none of the deployments is of that a key is for. */
const covered = async ({ prisma }: Database, { deploymentIds }: KeyHolder, pipelineId: string): Promise<boolean> =>
  deploymentIds === null ||
  (await prisma.deployment.count({ where: { pipelineId, id: { in: [...deploymentIds] } } })) > 0;

const findPipeline = async (database: Database, caller: KeyHolder, named: string) => {
  const { prisma } = database;
  const { workspaceId } = caller;
  const pipeline =
    (await prisma.pipeline.findFirst({ where: { id: named, workspaceId, deletedAt: null }, select: { id: true } })) ??
    (
      await prisma.deployment.findFirst({
        where: { slug: named, workspaceId, pipeline: { deletedAt: null } },
        select: { pipeline: { select: { id: true } } },
      })
    )?.pipeline;
  if (pipeline == null || !(await covered(database, caller, pipeline.id)))
    throw new RouteRefusal(404, "not-found", "There is no such pipeline, or the key is not for it.");
  return pipeline.id;
};

/** Starts a check of a pipeline's draft, or of a document that is sent along, by the pipeline's gate. */
export const startGateRoute = guardRoute({ auth: "api-key" }, async ({ request, caller, database, json }) => {
  requireRight(caller, "mayEvaluate");
  const asked = body.safeParse(await json(4 * 1024 * 1024));
  if (!asked.success)
    throw new RouteRefusal(400, "input-invalid", 'Send JSON such as {"pipeline": "<id or address>"}.');
  const { workspaceId } = caller;
  const pipelineId = await findPipeline(database, caller, asked.data.pipeline);
  const gate = await database.prisma.gate.findFirst({ where: { pipelineId, workspaceId } });
  if (gate === null)
    throw new RouteRefusal(409, "no-gate", "This pipeline has no gate.", { hint: "Set one in its Publish dialog." });
  try {
    const { document } = asked.data;
    const frozen =
      document === undefined
        ? await freezeDraft(database, workspaceId, pipelineId, { reason: "gate" })
        : await freezeRevision(
            database,
            { id: pipelineId, workspaceId, ...readDocument(document) },
            { reason: "gate" },
          );
    if (frozen === null) throw new RouteRefusal(404, "not-found", "There is no such pipeline.");
    const view = await startCheck(database, gate, frozen.id, null);
    await recordAudit(database, {
      member: { userId: null, workspaceId, apiKeyId: caller.apiKeyId, from: requestOrigin(request.headers) },
      action: "gate.check",
      subject: `pipeline:${pipelineId}`,
      data: { revision: view.revisionNumber },
    });
    return Response.json(answerOf(view), { status: 202 });
  } catch (error) {
    return refused(error);
  }
});

/** How a check stands. */
export const readGateRoute = guardRoute<{ auth: "api-key" }, { readonly checkId: string }>(
  { auth: "api-key" },
  async ({ caller, database, parameters }) => {
    requireRight(caller, "mayEvaluate");
    const check = await database.prisma.gateCheck.findFirst({
      where: { id: parameters.checkId, workspaceId: caller.workspaceId },
      include: { gate: true },
    });
    if (check === null || !(await covered(database, caller, check.gate.pipelineId)))
      throw new RouteRefusal(404, "not-found", "There is no such check.");
    return Response.json(answerOf(await settleCheck(database, check.gate, check)));
  },
);
