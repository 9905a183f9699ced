import { z } from "zod";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { field } from "@/runtime/node/field";

/** The setting by which a step names a tool of an MCP server, with the schema that it had when it was chosen. */
export const pinnedTool = z
  .object({
    server: z.string().min(1).max(80),
    name: z.string().min(1).max(200),
    description: z.string().max(mcpLimits.description),
    parameters: z
      .record(z.string(), z.unknown())
      .refine((schema) => JSON.stringify(schema).length <= mcpLimits.schema, "The schema is too long."),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .nullable()
  .default(null)
  .meta(
    field({
      title: { en: "Tool", zh: "工具" },
      help: {
        en: "A tool of one of the workspace's MCP servers. It is kept as it is now: a server that changes it is told of.",
        zh: "工作区某个 MCP 服务器的工具。会按当前状态固定；服务器改变它时会给出提示。",
      },
      control: "mcp-tool",
      group: "main",
    }),
  );
