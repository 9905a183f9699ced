import { defaultsOf } from "@/server/domain/endpoint/default-fields";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

export const getWorkspace = viewerProcedure.query(async ({ ctx }) => {
  const row = await ctx.database.prisma.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
  return {
    id: row.id,
    name: row.name,
    ...defaultsOf(row),
    allowedOrigins: row.allowedOrigins,
    toolHosts: row.toolHosts,
    role: ctx.member.role,
  };
});
