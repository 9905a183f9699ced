import { tellFront } from "@/server/platform/front-link/front-link";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { liveRunsOf } from "./live-runs";
import { cancelPaused } from "./pause/cancel-paused";
import { byIdInput } from "./run.types";

/** Ends a run that is under way on this machine, or waits for people. One that has ended already stays as it ended. */
export const cancelRun = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const own = { id: input.id, workspaceId: ctx.workspaceId };
  const live = liveRunsOf(ctx.database).get(input.id);
  if (live?.run.workspaceId === ctx.workspaceId) {
    live.cancel();
    await live.finished;
  }
  let run = await prisma.run.findFirst({ where: own, select: { status: true } });
  if (run === null) throw notFound("run");
  if (run.status === "running" && live === undefined) {
    await tellFront({ type: "cancel-run", runId: input.id, workspaceId: ctx.workspaceId });
    run = (await prisma.run.findFirst({ where: own, select: { status: true } })) ?? run;
  }
  if (run.status === "paused") {
    await cancelPaused(ctx.database, input.id);
    run = (await prisma.run.findFirst({ where: own, select: { status: true } })) ?? run;
  }
  return { status: run.status };
});
