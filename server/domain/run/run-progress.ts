import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./run.types";

/** How far the stored log of a run is: what somebody asks who waits for a person to answer, in place of reading all of it again. */
export const runProgress = viewerProcedure.input(byIdInput).query(async ({ ctx: { database, workspaceId }, input }) => {
  const run = await database.prisma.run.findFirst({
    where: { id: input.id, workspaceId },
    select: { status: true, events: { orderBy: { firstSeq: "desc" }, take: 1, select: { lastSeq: true } } },
  });
  if (run === null) throw notFound("run");
  return { status: run.status, lastSeq: run.events[0]?.lastSeq ?? -1 };
});
