import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { defaultsOf } from "./default-fields";

export const getWorkspace = viewerProcedure.query(async ({ ctx }) => {
  const row = await ctx.database.prisma.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
  return { id: row.id, name: row.name, ...defaultsOf(row), allowedOrigins: row.allowedOrigins, role: ctx.member.role };
});
