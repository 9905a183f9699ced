import { type BatchView, batchLimits as limits } from "@/server/domain/batch/batch.types";
import { batchFile } from "@/server/domain/batch/batch-file";
import { cancelBatch, retryBatch } from "@/server/domain/batch/change-batch";
import { readSource } from "@/server/domain/batch/read-source";
import { forecastBatch, startBatch } from "@/server/domain/batch/start-batch";
import { findBatch, viewBatch } from "@/server/domain/batch/view-batch";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { readBounded } from "@/server/platform/guard/bounded-body";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import { requireRight } from "@/server/platform/route/key-rights";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { findPublished } from "../published/begin-published-run";
import { ownDeployment } from "../published/own-deployment";
import { publishedGuard } from "../published/routes";

type OfSlug = RouteCall<"api-key", { slug: string }>;
type OfOne = RouteCall<"api-key", { slug: string; batchId: string }>;

const unknownBatch = (): RouteRefusal =>
  new RouteRefusal(404, "not-found", "There is no such batch of this key.", {
    hint: "A key sees the batches that it started itself.",
  });

const formatOf = (headers: { get(name: string): string | null }): "jsonl" | "csv" => {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/csv") return "csv";
  if (["application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/json-lines"].includes(type))
    return "jsonl";
  throw new RouteRefusal(415, "content-type", "A batch is JSON lines or CSV.", {
    hint: "Send it as application/jsonl (one object a line) or text/csv (the first line names the inputs).",
  });
};

const refuseRows = (message: string): RouteRefusal =>
  new RouteRefusal(400, "rows-refused", message, {
    hint: "Correct the rows and send all of them again.",
    fields: { body: message },
  });

const said = (view: BatchView, slug: string, mayRead: boolean) => {
  const url = `${baseUrl(readAddress())}/api/v1/pipelines/${encodeURIComponent(slug)}/batches/${view.id}`;
  const { id: batchId, state: status, rows, counts, waiting, createdAt, endedAt, failed, spentMicroUsd } = view;
  return {
    batchId,
    status,
    rows,
    counts,
    waiting,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    ...(mayRead && { costUsd: spentMicroUsd / 1_000_000, failed }),
    statusUrl: url,
    resultsUrl: `${url}/results`,
    cancelUrl: `${url}/cancel`,
    retryUrl: `${url}/retry`,
  };
};

/**
 * `POST /api/v1/pipelines/{slug}/batches?name=…&forecast=only`: takes rows and answers 202 with where to ask how it stands; with `forecast=only` it says what they would take and
 * runs nothing.
 */
export const createBatch = async ({ request, parameters: { slug }, caller, database }: OfSlug): Promise<Response> => {
  const { plan, deployment } = await findPublished(database, slug, caller);
  const format = formatOf(request.headers);
  const { searchParams } = new URL(request.url, "http://localhost");
  const name = (searchParams.get("name") ?? "").trim().slice(0, limits.nameCharacters) || "API";
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) throw refuseRows("The name holds control characters.");
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const text = await readBounded(request as never, limits.bytes);
  const { workspaceId, id: deploymentId, pipelineId } = deployment;
  const read = await readSource(database, workspaceId, { kind: "text", format, text }, plan.inputFields).catch(
    (error: unknown) => {
      if (error instanceof ApplicationError) throw refuseRows(error.message);
      throw error;
    },
  );
  if (!read.ok) throw refuseRows(read.error);
  const forecast = await forecastBatch(database, { workspaceId, pipelineId }, read.value);
  if (searchParams.get("forecast") === "only") return Response.json({ forecast });
  const who = { workspaceId, deploymentId, name, apiKeyId: caller.apiKeyId, userId: null };
  const started = await startBatch(database, who, plan, read.value);
  if (!started.ok) {
    if (started.error.code === "unfit") throw refuseRows(started.error.message);
    throw new RouteRefusal(429, "too-many-batches", started.error.message, {}, { "retry-after": "60" });
  }
  const batch = await findBatch(database, { id: started.value, workspaceId });
  if (batch === null) throw unknownBatch();
  const answer = said(await viewBatch(database, batch), slug, caller.mayRead);
  return Response.json({ ...answer, forecast }, { status: 202, headers: { location: answer.statusUrl } });
};

const requireBatch = async ({ parameters: { slug, batchId }, caller, database }: OfOne) => {
  const deploymentId = await ownDeployment(database, slug, caller);
  const batch = await findBatch(database, { id: batchId, workspaceId: caller.workspaceId });
  if (batch === null || batch.deploymentId !== deploymentId || batch.apiKeyId !== caller.apiKeyId) throw unknownBatch();
  return batch;
};

const answerView = async (call: OfOne, status = 200): Promise<Response> => {
  const { parameters, caller, database } = call;
  const view = await viewBatch(database, await requireBatch(call));
  return Response.json(said(view, parameters.slug, caller.mayRead), { status });
};

/** `GET …/batches/{batchId}` */
export const readBatch = async (call: OfOne): Promise<Response> => {
  requireRight(call.caller, "mayRead");
  return answerView(call);
};

/** `GET …/batches/{batchId}/results?format=jsonl|csv`: what has come so far, or all once it has ended. */
export const readResults = async (call: OfOne): Promise<Response> => {
  requireRight(call.caller, "mayRead");
  const format = new URL(call.request.url, "http://localhost").searchParams.get("format") ?? "jsonl";
  if (format !== "jsonl" && format !== "csv")
    throw new RouteRefusal(400, "request-invalid", "The format is jsonl or csv.", {
      fields: { format: "jsonl or csv" },
    });
  const batch = await requireBatch(call);
  return batchFile(call.database, batch, format, await namesOf(call.database, batch.deploymentId));
};

/** Names of the columns of a table: those of the live version. */
export const namesOf = async (database: Database, deploymentId: string) => {
  const row = await database.prisma.deployment.findUnique({
    where: { id: deploymentId },
    select: { revisionId: true },
  });
  const compiled = row === null ? null : await planOfRevision(database, row.revisionId);
  return compiled?.ok
    ? {
        inputs: compiled.value.inputFields.map(({ name }) => name),
        outputs: compiled.value.outputs.map(({ name }) => name),
      }
    : { inputs: [], outputs: [] };
};

/** `POST …/batches/{batchId}/cancel` */
export const cancelKeyBatch = async (call: OfOne): Promise<Response> => {
  requireRight(call.caller, "mayRun");
  const { id } = await requireBatch(call);
  await cancelBatch(call.database, call.caller.workspaceId, id);
  return answerView(call);
};

/** `POST …/batches/{batchId}/retry`: runs the rows again that have no answer. */
export const retryKeyBatch = async (call: OfOne): Promise<Response> => {
  requireRight(call.caller, "mayRun");
  const { id } = await requireBatch(call);
  const rows = await retryBatch(call.database, call.caller.workspaceId, id);
  if (rows === 0)
    throw new RouteRefusal(409, "batch-not-open", "Every row has an answer, or the batch is under way.", {
      hint: "Wait until it has ended; then rows without an answer are run again.",
    });
  return answerView(call, 202);
};

/** `GET /api/batches/{id}/results?format=…`: the same for a person of the workspace. */
export const exportBatch = async ({
  request,
  parameters,
  caller,
  database,
}: RouteCall<"session", { id: string }>): Promise<Response> => {
  const format = new URL(request.url).searchParams.get("format") ?? "csv";
  if (format !== "jsonl" && format !== "csv")
    throw new RouteRefusal(400, "input-invalid", "The format is jsonl or csv.");
  const batch = await findBatch(database, { id: parameters.id, workspaceId: caller.workspaceId });
  if (batch === null) throw new RouteRefusal(404, "not-found", "There is no such batch.");
  return batchFile(database, batch, format, await namesOf(database, batch.deploymentId));
};

export const createBatchRoute = guardRoute(publishedGuard, createBatch);
export const readBatchRoute = guardRoute(publishedGuard, readBatch);
export const batchResultsRoute = guardRoute(publishedGuard, readResults);
export const cancelBatchRoute = guardRoute(publishedGuard, cancelKeyBatch);
export const retryBatchRoute = guardRoute(publishedGuard, retryKeyBatch);
export const exportBatchRoute = guardRoute<{ auth: "session"; role: "viewer" }, { readonly id: string }>(
  { auth: "session", role: "viewer" },
  exportBatch,
);
