import { type EvaluationChoice, evaluationChoice } from "@/runtime/eval/contract/evaluation-choice";
import { columnsOf } from "@/server/domain/dataset/row-of";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./pipeline.types";

export interface KnownChoice extends EvaluationChoice {
  readonly datasetName: string;
}

/** What was chosen last, without columns that are gone; null where nothing was, or its dataset is gone. */
export const getEvaluationChoice = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input: { id } }): Promise<KnownChoice | null> => {
    const { database, workspaceId } = ctx;
    const pipeline = await database.prisma.pipeline.findFirst({
      where: { id, workspaceId, deletedAt: null },
      select: { evaluationChoice: true },
    });
    if (pipeline === null) throw notFound("pipeline");
    const stored = evaluationChoice.safeParse(pipeline.evaluationChoice);
    if (!stored.success) return null;
    const dataset = await database.prisma.dataset.findFirst({
      where: { id: stored.data.datasetId, workspaceId },
      select: { name: true, columns: true },
    });
    if (dataset === null) return null;
    const has = (role: "input" | "expected", name: string) =>
      columnsOf(dataset).some((column) => column.role === role && column.name === name);
    const { inputs, expected, ...rest } = stored.data;
    return {
      ...rest,
      inputs: Object.fromEntries(Object.entries(inputs).filter(([, column]) => has("input", column))),
      expected: expected !== null && has("expected", expected) ? expected : null,
      datasetName: dataset.name,
    };
  });
