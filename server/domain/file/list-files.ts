import { literalPattern } from "@/server/platform/db/like-pattern";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type FileListItem, listInput } from "./file.types";
import { asReference } from "./file-row";

/** The workspace's files, latest first. */
export const listFiles = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.storedFile.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(input.query ? { name: { contains: literalPattern(input.query), mode: "insensitive" } } : {}),
      ...behind("createdAt", after),
    },
    select: { id: true, name: true, mediaType: true, size: true, createdAt: true, expiresAt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  const items = rows.map(
    (row): FileListItem => ({ ...asReference(row), createdAt: row.createdAt, expiresAt: row.expiresAt }),
  );
  return pageOf(items, input.limit, ({ createdAt, fileId }) => ({ at: createdAt, id: fileId }));
});
