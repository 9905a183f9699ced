import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./mcp.types";

/** Steps that name it fail from now on, and say so. */
export const removeServer = ownerProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const known = await database.prisma.mcpServer.findFirst({
    where: { id: input.id, workspaceId },
    select: { id: true, name: true },
  });
  if (known === null) throw notFound("MCP server");
  const { id, name } = known;
  await database.prisma.mcpServer.delete({ where: { id } });
  await recordAudit(database, { member, action: "mcp.remove", subject: `mcpServer:${id}`, data: { name } });
  return { id };
});
