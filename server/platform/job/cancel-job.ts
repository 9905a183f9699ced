import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./job.types";
import { liveJobsOf } from "./live-jobs";

/** Asks a job to end: at once where it waits or runs here, within seconds where another process has it. One that has ended stays so. */
export const cancelJob = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const own = { id: input.id, workspaceId: ctx.workspaceId };
  const now = new Date();
  await prisma.job.updateMany({
    where: { ...own, status: "queued" },
    data: { status: "cancelled", cancelRequestedAt: now, endedAt: now },
  });
  await prisma.job.updateMany({ where: { ...own, status: "running" }, data: { cancelRequestedAt: now } });
  const row = await prisma.job.findFirst({ where: own, select: { status: true } });
  if (row === null) throw notFound("job");
  const live = liveJobsOf(ctx.database);
  if (row.status === "running") live.get(input.id)?.cancel();
  live.changed(input.id);
  return { status: row.status };
});
