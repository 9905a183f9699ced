import { evalLimits } from "@/runtime/eval/contract/limits";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { startJob } from "@/server/platform/job/start-job";
import { experimentJob } from "./experiment-job";
import type { Prepared } from "./prepare-experiment";
import { sameInputs } from "./same-inputs";
import { scorerHash } from "./scorer-hash";

export interface ExperimentStart {
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly origin?: "hand" | "gate" | "template";
}

/** Rows of one statement. */
const batch = 1_000;

export const experimentSubject = (id: string): string => `experiment:${id}`;

/** Writes a prepared experiment down with its rows and hands its job out; resolves with its id, not with its end. */
export const beginExperiment = async (
  database: Database,
  { workspaceId, userId, name, origin = "hand" }: ExperimentStart,
  { spec, rows, cells, scorers, pipeline, covariates }: Prepared,
): Promise<string> => {
  const { prisma } = database;
  if ((await prisma.experiment.count({ where: { workspaceId } })) >= evalLimits.experiments) {
    throw new ApplicationError("BAD_REQUEST", `A workspace keeps at most ${evalLimits.experiments} experiments.`, {
      reason: "limit-reached",
      hint: "Delete experiments that nobody needs.",
    });
  }
  const asked = sameInputs(rows, spec.inputs);
  const { id } = await prisma.$transaction(
    async (transaction) => {
      const created = await transaction.experiment.create({
        data: {
          workspaceId,
          userId,
          name,
          origin,
          pipelineId: pipeline.id,
          datasetVersionId: spec.datasetVersionId,
          spec,
          cellsTotal: cells,
          ...(covariates && { population: { ...covariates.population, means: [...covariates.population.means] } }),
          scorerHashes: Object.fromEntries(scorers.map((each) => [each.spec.id, scorerHash(each)])),
          tags: [...new Set(rows.flatMap(({ tags }) => tags))].sort().slice(0, 500),
        },
        select: { id: true },
      });
      for (let from = 0; from < rows.length; from += batch)
        await transaction.experimentRow.createMany({
          data: rows.slice(from, from + batch).map((row, index) => ({
            workspaceId,
            experimentId: created.id,
            row: from + index,
            rowId: row.id,
            inputs: JSON.stringify(row.inputs),
            expected: JSON.stringify(row.expected),
            tags: row.tags,
            weight: row.weight,
            split: row.split,
            group: row.group,
            covariates: [...(covariates?.values[from + index] ?? [])],
            ...asked[from + index],
          })),
        });
      return created;
    },
    { timeout: 120_000 },
  );
  try {
    await runExperimentJob(database, { workspaceId, userId }, id);
  } catch (error) {
    await prisma.experiment.deleteMany({ where: { id, workspaceId } });
    throw error;
  }
  return id;
};

/** Hands out a job that does what is missing of an experiment. */
export const runExperimentJob = async (
  database: Database,
  who: { readonly workspaceId: string; readonly userId: string | null },
  experimentId: string,
): Promise<void> => {
  const jobId = await startJob(database, {
    ...who,
    subject: experimentSubject(experimentId),
    definition: experimentJob,
    input: { experimentId },
  });
  await database.prisma.experiment.updateMany({
    where: { id: experimentId, workspaceId: who.workspaceId },
    data: { jobId, endedAt: null },
  });
};
