import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { createServerInput } from "./mcp.types";
import { refreshTools } from "./refresh-tools";

export const nameTaken = () =>
  new ApplicationError("CONFLICT", "There is an MCP server of this name already.", {
    reason: "name-taken",
    fields: { name: "There is an MCP server of this name already." },
  });

/** Adds a server, and asks it for its tools at once. One that cannot be reached is kept, with what is wrong. */
export const createServer = ownerProcedure.input(createServerInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  if ((await database.prisma.mcpServer.count({ where: { workspaceId } })) >= mcpLimits.servers) {
    throw new ApplicationError("BAD_REQUEST", `There are ${mcpLimits.servers} MCP servers already.`, {
      reason: "limit-reached",
      hint: "Remove one that is no longer used.",
    });
  }
  const row = await database.prisma.mcpServer
    .create({ data: { workspaceId, ...input, tools: [] } })
    .catch((error: unknown) => {
      throw isTaken(error) ? nameTaken() : error;
    });
  const { name, url } = input;
  await recordAudit(database, { member, action: "mcp.create", subject: `mcpServer:${row.id}`, data: { name, url } });
  const { id, problem } = await refreshTools(database, row);
  return { id, problem };
});
