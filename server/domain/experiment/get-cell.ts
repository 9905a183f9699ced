import type { Score } from "@/runtime/eval/contract/scorer";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type CellView, cellInput } from "./experiment.types";
import { valuesOf } from "./row-pages";
import type { ScoreError } from "./score-error";

/** One answer, whole, with the reason of each score and the run that gave it. */
export const getCell = viewerProcedure.input(cellInput).query(async ({ ctx, input }): Promise<CellView> => {
  const { id, ...place } = input;
  const cell = await ctx.database.prisma.experimentCell.findFirst({
    where: { experimentId: id, workspaceId: ctx.workspaceId, ...place },
  });
  if (cell === null) throw notFound("answer");
  const scores = JSON.parse(cell.scores) as Record<string, Score>;
  const failures = Object.entries(cell.scoreErrors as unknown as Record<string, ScoreError>);
  return {
    variant: cell.variant,
    repeat: cell.repeat,
    status: cell.status as CellView["status"],
    outputs: JSON.parse(cell.outputs),
    values: valuesOf(scores),
    reasons: Object.fromEntries(
      Object.entries(scores).flatMap(([scorer, { reason }]) => (reason ? [[scorer, reason]] : [])),
    ),
    scoreErrors: Object.fromEntries(failures.map(([scorer, { message }]) => [scorer, message])),
    scoreErrorCodes: Object.fromEntries(failures.map(([scorer, { code }]) => [scorer, code])),
    durationMs: cell.durationMs,
    inputTokens: cell.inputTokens,
    outputTokens: cell.outputTokens,
    costMicroUsd: cell.costMicroUsd === null ? null : Number(cell.costMicroUsd),
    runId: cell.runId,
    cached: cell.cached,
    errorMessage: cell.errorMessage,
  };
});
