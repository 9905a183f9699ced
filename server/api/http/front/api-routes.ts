type Method = "GET" | "POST" | "DELETE";

/** Every address under /api and /v1 with its methods, as the folders under `app` spell it. A test holds it against them. */
export const apiRoutes: Readonly<Record<string, readonly Method[]>> = {
  "/api/answers/[token]": ["POST"],
  "/api/audit": ["GET"],
  "/api/auth/link": ["GET"],
  "/api/auth/sign-in/email": ["POST"],
  "/api/auth/sign-out": ["POST"],
  "/api/auth/two-factor/codes": ["POST"],
  "/api/auth/two-factor/confirm": ["POST"],
  "/api/auth/two-factor/remove": ["POST"],
  "/api/auth/two-factor/set-up": ["POST"],
  "/api/auth/two-factor/verify": ["POST"],
  "/api/batches/[id]/results": ["GET"],
  "/api/datasets/[id]": ["GET"],
  "/api/experiments/[id]/answers": ["GET"],
  "/api/files": ["POST"],
  "/api/files/[id]": ["GET"],
  "/api/health": ["GET"],
  "/api/hooks/[hookId]": ["POST"],
  "/api/mcp": ["POST"],
  "/api/pages/[slug]/embed": ["GET"],
  "/api/pages/[slug]/files": ["POST"],
  "/api/pages/[slug]/runs": ["POST"],
  "/api/pages/[slug]/visit": ["POST"],
  "/api/samples/accounts/[number]": ["GET"],
  "/api/samples/health": ["GET"],
  "/api/sheets/[id]/answers": ["GET"],
  "/api/trpc/[trpc]": ["GET", "POST"],
  "/api/v1/files": ["POST"],
  "/api/v1/gates": ["POST"],
  "/api/v1/gates/[checkId]": ["GET"],
  "/api/v1/openapi.json": ["GET"],
  "/api/v1/pipelines/[slug]/openapi.json": ["GET"],
  "/api/v1/pipelines/[slug]/batches": ["POST"],
  "/api/v1/pipelines/[slug]/batches/[batchId]": ["GET"],
  "/api/v1/pipelines/[slug]/batches/[batchId]/cancel": ["POST"],
  "/api/v1/pipelines/[slug]/batches/[batchId]/results": ["GET"],
  "/api/v1/pipelines/[slug]/batches/[batchId]/retry": ["POST"],
  "/api/v1/pipelines/[slug]/conversations": ["DELETE"],
  "/api/v1/pipelines/[slug]/conversations/[conversationId]": ["DELETE", "GET"],
  "/api/v1/pipelines/[slug]/runs": ["POST"],
  "/api/v1/pipelines/[slug]/runs/[runId]": ["GET"],
  "/api/v1/pipelines/[slug]/runs/[runId]/cancel": ["POST"],
  "/api/v1/pipelines/[slug]/runs/[runId]/events": ["GET"],
  "/api/v1/pipelines/[slug]/runs/[runId]/feedback": ["POST"],
  "/api/v1/pipelines/[slug]/runs/[runId]/retry": ["POST"],
  "/api/v1/prompts/[slug]": ["GET"],
  "/api/v1/reviews": ["GET"],
  "/api/v1/reviews/[reviewId]": ["GET"],
  "/api/v1/reviews/[reviewId]/decision": ["POST"],
  "/v1/chat/completions": ["POST"],
  "/v1/models": ["GET"],
  "/v1/models/[slug]": ["GET"],
  "/v1/responses": ["POST"],
};

const patterns = Object.entries(apiRoutes).map(([path, methods]) => ({
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\[\w+\]/g, "[^/]+")}$`),
  methods,
}));

const allMethods = patterns.map(({ pattern, methods }) => ({
  pattern,
  methods: [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"] as readonly string[],
}));

/** The methods that an address takes, HEAD and OPTIONS included; null where there is no such address. */
export const methodsOf = (path: string): readonly string[] | null =>
  allMethods.find(({ pattern }) => pattern.test(path))?.methods ?? null;
