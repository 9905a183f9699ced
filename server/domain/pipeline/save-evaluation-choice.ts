import { z } from "zod";
import { evaluationChoice } from "@/runtime/eval/contract/evaluation-choice";
import { findDataset } from "@/server/domain/dataset/find-dataset";
import { notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { isStorable } from "@/server/platform/guard/storable";
import { editorProcedure } from "@/server/platform/trpc/procedures";

const input = z.strictObject({
  id: identifier,
  choice: evaluationChoice.refine(isStorable, "The choice holds characters that cannot be stored."),
});

/** Remembers it with the pipeline, past the client library: it is no part of the draft, so neither revision nor time of the last change move. */
export const saveEvaluationChoice = editorProcedure.input(input).mutation(async ({ ctx, input: { id, choice } }) => {
  const { database, workspaceId } = ctx;
  await findDataset(database, workspaceId, choice.datasetId);
  const changed = await database.prisma.$executeRaw`
    UPDATE "Pipeline" SET "evaluationChoice" = ${JSON.stringify(choice)}::jsonb
    WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "deletedAt" IS NULL`;
  if (changed === 0) throw notFound("pipeline");
});
