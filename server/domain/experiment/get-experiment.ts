import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import type { Report } from "@/runtime/eval/contract/report";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { hasEnded } from "@/server/platform/job/job.types";
import { jobFields, jobView } from "@/server/platform/job/job-row";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput, type ExperimentView } from "./experiment.types";
import { experimentItem, itemFields } from "./experiment-item";
import { makeReport, type StoredJudges } from "./make-report";
import { storedSpec } from "./ready-experiment";

const fields = {
  ...itemFields,
  judges: true,
  tags: true,
  shareHash: true,
  datasetVersion: { select: { ...itemFields.datasetVersion.select, columns: true } },
} as const;

/** What people said since the report was made belongs into it, and what they took back does not. */
const hasNewAnswers = async ({ prisma }: Database, id: string, report: Report): Promise<boolean> => {
  const { _count, _max } = await prisma.reviewAnswer.aggregate({
    where: { experimentId: id },
    _count: true,
    _max: { updatedAt: true },
  });
  return _count !== (report.answers ?? 0) || (_max.updatedAt !== null && _max.updatedAt > new Date(report.madeAt));
};

export const viewExperiment = async (database: Database, workspaceId: string, id: string): Promise<ExperimentView> => {
  const { prisma } = database;
  const row = await prisma.experiment.findFirst({ where: { id, workspaceId }, select: fields });
  if (row === null) throw notFound("experiment");
  const job =
    row.jobId === null
      ? null
      : await prisma.job.findFirst({ where: { id: row.jobId, workspaceId }, select: jobFields });
  const spec = storedSpec(row.spec);
  const [revisions, labelled] = await Promise.all([
    prisma.revision.findMany({
      where: { workspaceId, id: { in: spec.variants.map(({ revisionId }) => revisionId) } },
      select: { id: true, number: true },
    }),
    prisma.reviewAnswer.groupBy({ by: ["scorerId"], where: { experimentId: id, workspaceId }, _count: true }),
  ]);
  const numbers = new Map(revisions.map((revision) => [revision.id, revision.number]));
  const stored = row.judges as unknown as StoredJudges;
  const item = experimentItem(row, new Map(job === null ? [] : [[job.id, job.status]]));
  let report = row.report as unknown as Report | null;
  if (report !== null && hasEnded(item.status) && (await hasNewAnswers(database, id, report)))
    report = await makeReport(database, workspaceId, id);
  return {
    ...item,
    verdict: report?.verdict ?? null,
    spec,
    report,
    job: job === null ? null : jobView(job),
    revisionNumbers: spec.variants.map(({ revisionId }) => numbers.get(revisionId) ?? 0),
    columns: row.datasetVersion.columns as unknown as readonly DatasetColumn[],
    tags: row.tags,
    judges: Object.fromEntries(
      spec.scorers
        .filter(({ type }) => findScorer(type)?.judge === true)
        .map(({ id: scorerId }) => [
          scorerId,
          {
            accepted: stored[scorerId]?.accepted === true,
            labelled: labelled.find((group) => group.scorerId === scorerId)?._count ?? 0,
          },
        ]),
    ),
    shared: row.shareHash !== null,
  };
};

export const getExperiment = viewerProcedure
  .input(byIdInput)
  .query(({ ctx, input: { id } }) => viewExperiment(ctx.database, ctx.workspaceId, id));
