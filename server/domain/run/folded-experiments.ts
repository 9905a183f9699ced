import type { Prisma } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { literalPattern } from "@/server/platform/db/like-pattern";
import type { JobStatus } from "@/server/platform/job/job.types";
import type { FoldedExperiment, ListInput } from "./run.types";

/** Experiments under way at once that a list looks at. */
const mostRunning = 200;

const fields = {
  id: true,
  name: true,
  jobId: true,
  cellsDone: true,
  cellsTotal: true,
  failures: true,
  spentMicroUsd: true,
  createdAt: true,
  endedAt: true,
  pipeline: { select: { id: true, name: true } },
} as const satisfies Prisma.ExperimentSelect;

/** Experiments whose runs have the status that is asked for; null where no experiment can. */
const ofStatus = async (
  { prisma }: Database,
  workspaceId: string,
  status: ListInput["status"],
): Promise<Prisma.ExperimentWhereInput | null> => {
  if (status === undefined) return {};
  if (status === "failure") return { failures: { gt: 0 } };
  if (status === "success") return { cellsDone: { gt: prisma.experiment.fields.failures } };
  if (status !== "running") return null;
  const jobs = await prisma.job.findMany({
    where: { workspaceId, kind: "experiment/run", status: { in: ["queued", "running"] } },
    orderBy: { createdAt: "desc" },
    take: mostRunning,
    select: { id: true },
  });
  return { jobId: { in: jobs.map(({ id }) => id) } };
};

interface Place {
  /** Experiments of the part of the list that is read. */
  readonly between: Prisma.ExperimentWhereInput;
  readonly take: number;
}

/** Experiments in place of their runs, one row each, latest first. Where runs are narrowed to what no experiment has, there are none. */
export const foldedExperiments = async (
  database: Database,
  workspaceId: string,
  input: ListInput,
  { between, take }: Place,
): Promise<FoldedExperiment[]> => {
  const { prisma } = database;
  const { pipelineId, deploymentId, rating, status, query } = input;
  if (deploymentId !== undefined || rating === "good" || rating === "bad") return [];
  const standing = await ofStatus(database, workspaceId, status);
  if (standing === null) return [];
  const holds = { contains: literalPattern(query ?? ""), mode: "insensitive" } as const;
  const rows = await prisma.experiment.findMany({
    where: {
      AND: [
        { workspaceId, ...(pipelineId && { pipelineId }) },
        standing,
        between,
        query ? { OR: [{ name: holds }, { pipeline: { name: holds } }] } : {},
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    select: fields,
  });
  const jobs = await prisma.job.findMany({
    where: { workspaceId, id: { in: rows.flatMap(({ jobId }) => jobId ?? []) } },
    select: { id: true, status: true },
  });
  const states = new Map(jobs.map((job) => [job.id, job.status]));
  return rows.map(({ jobId, createdAt, spentMicroUsd, cellsDone, cellsTotal, ...row }) => ({
    ...row,
    startedAt: createdAt,
    runs: cellsDone,
    runsTotal: cellsTotal,
    costMicroUsd: Number(spentMicroUsd),
    status: states.get(jobId ?? "") ?? ended(cellsDone, cellsTotal),
  }));
};

/** A job that was cleaned away has ended. */
const ended = (done: number, total: number): JobStatus => (done >= total ? "success" : "failure");
