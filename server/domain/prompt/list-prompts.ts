import { literalPattern } from "@/server/platform/db/like-pattern";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./prompt.types";

/** Latest change first. The words are looked for in names, slugs, kinds of task and tags. */
export const listPrompts = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { cursor, query, folder, tag, kinds, limit } = input;
  const { workspaceId } = ctx;
  const after = readCursor(cursor);
  const words = query ? { contains: literalPattern(query), mode: "insensitive" as const } : undefined;
  const rows = await ctx.database.prisma.prompt.findMany({
    where: {
      workspaceId,
      AND: [
        words === undefined
          ? {}
          : {
              OR: [
                { name: words },
                { slug: words },
                { taskType: words },
                { folder: words },
                { tags: { has: query ?? "" } },
              ],
            },
        folder === undefined || folder === ""
          ? {}
          : { OR: [{ folder }, { folder: { startsWith: `${literalPattern(folder)}/` } }] },
        tag === undefined ? {} : { tags: { has: tag } },
        kinds === undefined ? {} : { kind: { in: kinds } },
        after === null
          ? {}
          : { updatedAt: { lte: after.at }, OR: [{ updatedAt: { lt: after.at } }, { id: { lt: after.id } }] },
      ],
    },
    include: { labels: { select: { name: true, number: true }, orderBy: { name: "asc" } } },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const items = rows.map(({ workspaceId: _, notes: __, ...row }) => row);
  return pageOf(items, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
});

/** Folders and tags of the whole library with how many prompts each holds, for the tree beside the list. */
export const promptPlaces = viewerProcedure.query(async ({ ctx }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const [folders, tags] = await Promise.all([
    prisma.prompt.groupBy({
      by: ["folder"],
      where: { workspaceId },
      _count: { _all: true },
      orderBy: { folder: "asc" },
    }),
    prisma.$queryRaw<{ tag: string; count: number }[]>`
      SELECT tag, count(*)::int AS count FROM "Prompt", unnest("tags") AS tag
      WHERE "workspaceId" = ${workspaceId} GROUP BY tag ORDER BY count DESC, tag LIMIT 200`,
  ]);
  return {
    folders: folders.map(({ folder, _count }) => ({ folder, prompts: _count._all })),
    tags,
    prompts: folders.reduce((sum, { _count }) => sum + _count._all, 0),
  };
});
