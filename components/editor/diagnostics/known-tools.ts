import type { RouterOutputs } from "@/components/trpc/client";
import type { KnownTools } from "@/runtime/graph/changed-tools";

/** What a pipeline of this workspace may call of its MCP servers. */
export const knownTools = (servers: RouterOutputs["mcp"]["list"]): KnownTools =>
  new Map(servers.map(({ name, tools }) => [name, new Map(tools.map((tool) => [tool.name, tool.hash]))]));
