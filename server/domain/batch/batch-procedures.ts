import { servedNow } from "@/server/domain/deployment/queue-run";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { type BatchSource, byDeploymentInput, byIdInput, previewInput, startInput } from "./batch.types";
import { cancelBatch, retryBatch } from "./change-batch";
import { readSource } from "./read-source";
import { forecastBatch, startBatch } from "./start-batch";
import { findBatch, viewBatch } from "./view-batch";

/** Batches of a page: the latest. */
const shown = 20;

const requireDeployment = async ({ prisma }: Database, workspaceId: string, id: string): Promise<void> => {
  const found = await prisma.deployment.findFirst({ where: { id, workspaceId }, select: { id: true } });
  if (found === null) throw notFound("deployment");
};

const refuse = (message: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "rows-refused", fields: { source: message } });

const prepare = async (database: Database, workspaceId: string, deploymentId: string, source: BatchSource) => {
  await requireDeployment(database, workspaceId, deploymentId);
  const served = await servedNow(database, deploymentId);
  if (!served.ok) throw refuse(served.error.message);
  const read = await readSource(database, workspaceId, source, served.value.plan.inputFields);
  if (!read.ok) throw refuse(read.error);
  return { served: served.value, rows: read.value };
};

export const listBatches = viewerProcedure
  .input(byDeploymentInput)
  .query(async ({ ctx: { database, workspaceId }, input: { deploymentId } }) => {
    await requireDeployment(database, workspaceId, deploymentId);
    const rows = await database.prisma.batch.findMany({
      where: { deploymentId, workspaceId, state: { not: "filling" } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: shown,
    });
    return Promise.all(rows.map((row) => viewBatch(database, row)));
  });

/** Reads the rows and says what running them would take; nothing is kept. */
export const previewBatch = editorProcedure
  .input(previewInput)
  .query(async ({ ctx: { database, workspaceId }, input: { deploymentId, source } }) => {
    const { served, rows } = await prepare(database, workspaceId, deploymentId, source);
    return forecastBatch(database, served, rows);
  });

export const startBatchProcedure = editorProcedure
  .input(startInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { deploymentId, source, name } }) => {
    const outage = outageNow(database);
    if (outage !== null) throw outageError(outage);
    const { served, rows } = await prepare(database, workspaceId, deploymentId, source);
    const who = { workspaceId, deploymentId, name, apiKeyId: null, userId: member.userId };
    const started = await startBatch(database, who, served.plan, rows);
    if (!started.ok) {
      if (started.error.code === "unfit") throw refuse(started.error.message);
      throw new ApplicationError("TOO_MANY_REQUESTS", started.error.message, { reason: "limit-reached" });
    }
    const id = started.value;
    const data = { name, deploymentId, rows: rows.rows.length };
    await recordAudit(database, { member, action: "batch.start", subject: `batch:${id}`, data });
    return { id };
  });

export const cancelBatchProcedure = editorProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id } }) => {
    const batch = await findBatch(database, { id, workspaceId });
    if (batch === null) throw notFound("batch");
    const wasRunning = await cancelBatch(database, workspaceId, id);
    await recordAudit(database, { member, action: "batch.cancel", subject: `batch:${id}`, data: { name: batch.name } });
    return { id, wasRunning };
  });

/** Runs the rows again that have no answer, and no others. */
export const retryBatchProcedure = editorProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id } }) => {
    const batch = await findBatch(database, { id, workspaceId });
    if (batch === null) throw notFound("batch");
    const rows = await retryBatch(database, workspaceId, id);
    if (rows === 0)
      throw new ApplicationError("BAD_REQUEST", "Every row has an answer, or the batch is under way.", {
        reason: "input-invalid",
      });
    await recordAudit(database, { member, action: "batch.retry", subject: `batch:${id}`, data: { rows } });
    return { id, rows };
  });

/** Forgets a batch that has ended, its inputs and its answers. The records of its runs stay. */
export const removeBatch = editorProcedure
  .input(byIdInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id } }) => {
    const batch = await findBatch(database, { id, workspaceId });
    if (batch === null) throw notFound("batch");
    const { count } = await database.prisma.batch.deleteMany({
      where: { id, workspaceId, state: { in: ["ended", "cancelled"] } },
    });
    if (count === 0)
      throw new ApplicationError("CONFLICT", "The batch is under way. Cancel it first.", { reason: "in-use" });
    await recordAudit(database, { member, action: "batch.remove", subject: `batch:${id}`, data: { name: batch.name } });
    return {};
  });
