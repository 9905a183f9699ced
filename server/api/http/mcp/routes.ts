import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { answerMcp } from "./answer-mcp";

export const mcpRoute = guardRoute({ auth: "api-key" }, answerMcp);

/** Published pipelines as tools of the Model Context Protocol. */
export const mcpRoutes: readonly LeanRoute[] = [{ method: "POST", path: "/api/mcp", handler: mcpRoute }];
