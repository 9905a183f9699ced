import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./job.types";
import { jobFields, jobView } from "./job-row";

export const getJob = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const row = await ctx.database.prisma.job.findFirst({
    where: { id: input.id, workspaceId: ctx.workspaceId },
    select: jobFields,
  });
  if (row === null) throw notFound("job");
  return jobView(row);
});
