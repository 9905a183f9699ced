import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { nameTaken } from "./create-server";
import { updateServerInput } from "./mcp.types";
import { refreshTools } from "./refresh-tools";

export const updateServer = ownerProcedure.input(updateServerInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const { id, name, url, credential } = input;
  const known = await database.prisma.mcpServer.findFirst({ where: { id, workspaceId }, select: { id: true } });
  if (known === null) throw notFound("MCP server");
  const data = {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(credential === undefined ? {} : { credential }),
  };
  const row = await database.prisma.mcpServer.update({ where: { id }, data }).catch((error: unknown) => {
    throw isTaken(error) ? nameTaken() : error;
  });
  await recordAudit(database, { member, action: "mcp.update", subject: `mcpServer:${id}`, data });
  const { problem } = await refreshTools(database, row);
  return { id, problem };
});
