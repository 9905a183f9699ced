import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./job.types";
import { jobFields, jobView } from "./job-row";

/** The latest jobs of the workspace, or of one subject in it. */
export const listJobs = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { subject, limit } = input;
  const rows = await ctx.database.prisma.job.findMany({
    where: { workspaceId: ctx.workspaceId, ...(subject === undefined ? {} : { subject }) },
    select: jobFields,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
  });
  return { items: rows.map(jobView) };
});
