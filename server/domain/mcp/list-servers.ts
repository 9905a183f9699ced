import { z } from "zod";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { storedTool } from "./mcp.types";

/** What a row holds of tools; of another version nothing. */
export const readTools = (value: unknown) => z.array(storedTool).catch([]).parse(value);

/** By name, with the tools that each had when it was last asked. */
export const listServers = viewerProcedure.query(async ({ ctx }) => {
  const rows = await ctx.database.prisma.mcpServer.findMany({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { name: "asc" },
    take: mcpLimits.servers,
  });
  return rows.map(({ id, name, url, credential, tools, refreshedAt, problem }) => ({
    id,
    name,
    url,
    credential,
    tools: readTools(tools),
    refreshedAt,
    problem,
  }));
});
