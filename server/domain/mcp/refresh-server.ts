import { notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./mcp.types";
import { refreshTools } from "./refresh-tools";

/** Asks the server what tools it has now. */
export const refreshServer = ownerProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { workspaceId, database } = ctx;
  const row = await database.prisma.mcpServer.findFirst({ where: { id: input.id, workspaceId } });
  if (row === null) throw notFound("MCP server");
  const { id, problem } = await refreshTools(database, row);
  return { id, problem };
});
