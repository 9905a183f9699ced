import type { Prisma } from "@/generated/prisma/client";
import type { Report } from "@/runtime/eval/contract/report";
import type { Database } from "@/server/platform/db/database";
import type { JobStatus } from "@/server/platform/job/job.types";
import type { ExperimentItem } from "./experiment.types";

export const itemFields = {
  id: true,
  name: true,
  origin: true,
  spec: true,
  jobId: true,
  cellsDone: true,
  cellsTotal: true,
  createdAt: true,
  endedAt: true,
  report: true,
  pipeline: { select: { id: true, name: true } },
  datasetVersion: { select: { number: true, dataset: { select: { id: true, name: true } } } },
} as const satisfies Prisma.ExperimentSelect;

type Row = Prisma.ExperimentGetPayload<{ select: typeof itemFields }>;

/** How the jobs of experiments stand; one that was cleaned away has ended. */
export const jobStatuses = async (
  { prisma }: Database,
  workspaceId: string,
  rows: readonly { readonly jobId: string | null }[],
): Promise<ReadonlyMap<string, JobStatus>> => {
  const ids = rows.flatMap(({ jobId }) => jobId ?? []);
  const jobs = await prisma.job.findMany({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, status: true },
  });
  return new Map(jobs.map(({ id, status }) => [id, status]));
};

export const experimentItem = (row: Row, statuses: ReadonlyMap<string, JobStatus>): ExperimentItem => {
  const spec = row.spec as unknown as {
    readonly variants: readonly { readonly key: string; readonly label: string }[];
  };
  const { id, name, cellsDone, cellsTotal, createdAt, endedAt, pipeline, datasetVersion } = row;
  const known = row.jobId === null ? undefined : statuses.get(row.jobId);
  return {
    id,
    name,
    pipeline,
    dataset: { ...datasetVersion.dataset, versionNumber: datasetVersion.number },
    origin: row.origin as ExperimentItem["origin"],
    status: known ?? (cellsDone >= cellsTotal ? "success" : "failure"),
    cellsDone,
    cellsTotal,
    verdict: (row.report as unknown as Report | null)?.verdict ?? null,
    variants: spec.variants.map(({ key, label }) => ({ key, label })),
    createdAt,
    endedAt,
  };
};
