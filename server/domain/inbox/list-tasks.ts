import { literalPattern } from "@/server/platform/db/like-pattern";
import { notFound } from "@/server/platform/guard/application-error";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { askedWhere } from "./asked-where";
import { listInput } from "./inbox.types";
import { readerOf } from "./reader-of";
import { taskInclude } from "./task-row";
import { inboxItem, namesOf } from "./task-view";

/** The inbox of all pipelines, latest first. */
export const listTasks = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { state, mine, pipelineId, runId, kind, query, limit, cursor } = input;
  if (pipelineId !== undefined) {
    const own = { id: pipelineId, workspaceId };
    if ((await database.prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null)
      throw notFound("pipeline");
  }
  const reader = await readerOf(database, member);
  const holds = { contains: literalPattern(query ?? ""), mode: "insensitive" } as const;
  const rows = await database.prisma.inboxTask.findMany({
    where: {
      AND: [
        { workspaceId, state: state === "open" ? "open" : { not: "open" } },
        { ...(pipelineId && { pipelineId }), ...(runId && { runId }), ...(kind && { kind }) },
        query ? { OR: [{ title: holds }, { run: { pipeline: { name: holds } } }] } : {},
        mine ? askedWhere(reader) : {},
        behind("createdAt", readCursor(cursor)),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: taskInclude,
  });
  const names = await namesOf(database, rows);
  const now = new Date();
  const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
  return { items: items.map((row) => inboxItem(row, reader, names, now)), nextCursor };
});
