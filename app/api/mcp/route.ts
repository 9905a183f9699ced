import { mcpRoute } from "@/server/api/http/mcp/routes";

export const dynamic = "force-dynamic";

export { mcpRoute as POST };
