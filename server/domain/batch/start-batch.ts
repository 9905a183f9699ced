import { randomUUID } from "node:crypto";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { Plan } from "@/runtime/plan/plan";
import { parallel, usualRun } from "@/server/domain/experiment/forecast-experiment";
import type { Database } from "@/server/platform/db/database";
import { type BatchForecast, batchLimits as limits } from "./batch.types";
import type { ReadRows } from "./read-rows";

/** Rows of one statement. */
const together = 500;

/** What running these rows would take, as far as earlier runs of the pipeline say, and which of them the live version would not take. */
export const forecastBatch = async (
  database: Database,
  { workspaceId, pipelineId }: { readonly workspaceId: string; readonly pipelineId: string },
  { rows, ignored }: ReadRows,
): Promise<BatchForecast> => {
  const [usual, atOnce] = await Promise.all([
    usualRun(database, workspaceId, pipelineId),
    parallel(database, workspaceId, limits.atOnce),
  ]);
  const unfit = rows.flatMap(({ problem }, row) => (problem === null ? [] : [{ row, message: problem }]));
  const count = rows.length - unfit.length;
  return {
    rows: rows.length,
    unfit: unfit.length,
    problems: unfit.slice(0, limits.told),
    ignored: ignored.slice(0, limits.told),
    basedOn: usual.runs,
    seconds: usual.durationMs === null ? null : Math.ceil((count * usual.durationMs) / 1_000 / atOnce),
    costMicroUsd: usual.unpriced > 0 || usual.costMicroUsd === null ? null : Math.round(count * usual.costMicroUsd),
  };
};

export interface BatchStart {
  readonly workspaceId: string;
  readonly deploymentId: string;
  readonly name: string;
  readonly apiKeyId: string | null;
  readonly userId: string | null;
}

/** Writes a batch down with all of its rows, or says why not. What the live version would not take fails at once and says why; the rest is run from now on. */
export const startBatch = async (
  database: Database,
  start: BatchStart,
  plan: Pick<Plan, "outputs">,
  { rows }: ReadRows,
): Promise<Result<string, { readonly code: "limit" | "unfit"; readonly message: string }>> => {
  const { prisma } = database;
  const { workspaceId } = start;
  if (plan.outputs.length === 0) return fail({ code: "unfit", message: "The pipeline has no output to give." });
  const [first] = rows;
  if (rows.every(({ problem }) => problem !== null))
    return fail({ code: "unfit", message: `No row fits the live version: ${first?.problem ?? ""}` });
  const id = randomUUID();
  // Counted in the statement that makes it: two that start at once do not both take the last place.
  const made = await database.query<{ id: string }>(
    `INSERT INTO "Batch" ("id", "workspaceId", "deploymentId", "name", "state", "rowsTotal", "apiKeyId", "userId", "createdAt")
     SELECT $1, $2, $3, $4, 'filling', $5::int, $6, $7, (now() AT TIME ZONE 'utc')
     WHERE (SELECT count(*) FROM "Batch" WHERE "workspaceId" = $2 AND "state" IN ('running', 'filling')) < ${limits.open}
       AND (SELECT count(*) FROM "Batch" WHERE "workspaceId" = $2) < ${limits.kept} RETURNING "id"`,
    [id, workspaceId, start.deploymentId, start.name, rows.length, start.apiKeyId, start.userId],
  );
  if (made.length === 0)
    return fail({
      code: "limit",
      message: `A workspace has at most ${limits.open} batches under way and keeps ${limits.kept}. Wait for one to end, or delete some.`,
    });
  try {
    for (let from = 0; from < rows.length; from += together)
      await prisma.batchRow.createMany({
        data: rows.slice(from, from + together).map(({ customId, inputs, problem }, index) => ({
          workspaceId,
          batchId: id,
          row: from + index,
          customId,
          inputs: JSON.stringify(inputs),
          ...(problem !== null && {
            state: "failure",
            errorCode: "input-invalid",
            errorMessage: problem.slice(0, 1_000),
          }),
        })),
      });
    await prisma.batch.update({ where: { id }, data: { state: "running" } });
  } catch (error) {
    await prisma.batch.deleteMany({ where: { id } });
    throw error;
  }
  return ok(id);
};
