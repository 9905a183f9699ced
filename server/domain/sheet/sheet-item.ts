import type { Prisma } from "@/generated/prisma/client";
import type { JobStatus } from "@/server/platform/job/job.types";
import { partsOf } from "./find-sheet";
import type { SheetItem } from "./sheet.types";

export const itemFields = {
  id: true,
  name: true,
  columns: true,
  mapping: true,
  fixed: true,
  variants: true,
  jobId: true,
  rowsTotal: true,
  rowsDone: true,
  createdAt: true,
  endedAt: true,
  pipeline: { select: { id: true, name: true } },
} as const satisfies Prisma.SheetSelect;

type Row = Prisma.SheetGetPayload<{ select: typeof itemFields }>;

/** A job that was cleaned away has ended. */
export const sheetItem = (row: Row, statuses: ReadonlyMap<string, JobStatus>): SheetItem => {
  const { id, name, pipeline, jobId, rowsTotal, rowsDone, createdAt, endedAt } = row;
  const known = jobId === null ? undefined : statuses.get(jobId);
  return {
    id,
    name,
    pipeline,
    variants: partsOf(row).variants.map(({ label }) => label),
    jobId,
    status: known ?? (rowsDone >= rowsTotal ? "success" : "failure"),
    rowsTotal,
    rowsDone,
    createdAt,
    endedAt,
  };
};
