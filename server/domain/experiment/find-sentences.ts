import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { asText } from "@/runtime/eval/scorers/lib/as-text";
import { normalised } from "@/runtime/eval/scorers/lib/normalised";
import { isStrictScorer, saysMoreThan } from "@/runtime/eval/scorers/strict-scorers";
import { findDataset } from "@/server/domain/dataset/find-dataset";
import { columnsOf } from "@/server/domain/dataset/row-of";
import { endsOfRun, successfulRuns } from "@/server/domain/training-set/rows-of-runs";
import { identifier } from "@/server/platform/guard/identifier";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

/** Latest runs whose answers are read. */
const mostRuns = 12;
/** Other expected values are texts of their own, not labels. */
const mostLabels = 200;
/** One answer of so many at least: two variants may have answered by turns. */
const leastShare = 3;
const shownCharacters = 160;

const input = z.strictObject({
  pipelineId: identifier,
  datasetId: identifier,
  scorers: z
    .array(
      z.strictObject({
        id: z.string().max(40),
        type: z.string().max(64),
        output: z.string().max(128).nullable(),
        expected: z.string().max(evalLimits.columnNameCharacters).nullable(),
      }),
    )
    .max(evalLimits.scorers),
});

export interface FoundSentences {
  readonly scorerId: string;
  /** Answers of earlier runs that say a label and more, of those looked at. */
  readonly sentences: number;
  readonly looked: number;
  readonly example: { readonly answer: string; readonly label: string };
}

/**
 * Exact scorers that would call wrong what earlier answers of the pipeline meant: one in three of those, at least, is a sentence that contains one of the labels that the dataset
 * expects. Looked at before an experiment or a gate is started, so that the scorer can still be another one.
 */
export const findSentences = viewerProcedure.input(input).query(async ({ ctx, input: asked }) => {
  const { database, workspaceId } = ctx;
  const dataset = await findDataset(database, workspaceId, asked.datasetId);
  const runs = await successfulRuns(database, workspaceId, asked.pipelineId, mostRuns);
  const exact = asked.scorers.filter(({ type }) => isStrictScorer(type));
  if (exact.length === 0 || runs.length === 0) return [];
  const columns = columnsOf(dataset).flatMap(({ name, role }) => (role === "expected" ? [name] : []));
  const answers = await Promise.all(runs.map(async ({ id }) => (await endsOfRun(database, id))?.outputs ?? {}));
  const labelsOf = async (column: string): Promise<readonly string[]> => {
    const found = await database.prisma.$queryRaw<{ label: string }[]>`
      SELECT DISTINCT left("expected" ->> ${column}, 200) AS "label" FROM "DatasetRow"
      WHERE "datasetId" = ${asked.datasetId} AND "workspaceId" = ${workspaceId} AND "expected" ->> ${column} <> ''
      LIMIT ${mostLabels + 1}`;
    return found.length > mostLabels ? [] : found.map(({ label }) => label);
  };
  const hints: FoundSentences[] = [];
  for (const { id, output, expected } of exact) {
    const column = expected ?? (columns.length === 1 ? columns[0] : undefined);
    if (column === undefined || !columns.includes(column)) continue;
    const labels = await labelsOf(column);
    const known = new Set(labels.map(normalised));
    const given = answers.flatMap((outputs) => {
      const names = Object.keys(outputs);
      const name = output ?? (names.length === 1 ? names[0] : undefined);
      return name !== undefined && Object.hasOwn(outputs, name) ? [asText(outputs[name])] : [];
    });
    const found = given.flatMap((answer) => {
      const label = known.has(normalised(answer)) ? undefined : labels.find((each) => saysMoreThan(answer, each));
      return label === undefined ? [] : [{ answer: answer.slice(0, shownCharacters), label }];
    });
    const [example] = found;
    if (example !== undefined && found.length * leastShare >= given.length)
      hints.push({ scorerId: id, sentences: found.length, looked: given.length, example });
  }
  return hints;
});
