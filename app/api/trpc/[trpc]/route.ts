import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "@/server/context";
import { bodyLimits } from "@/server/guard/bounded-body";
import { guardRoute, type RouteCall } from "@/server/guard/route";
import { appRouter } from "@/server/root";

const maxBatchSize = 50;

const answer = async ({
  request,
  text,
  database,
  responseHeaders,
}: RouteCall<"public", unknown>): Promise<Response> => {
  const body = request.method === "POST" ? await text(bodyLimits.interfaceBytes) : undefined;
  const { method, headers, signal } = request;
  const context = await createContext(database, headers, responseHeaders);
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    router: appRouter,
    req: new Request(request.url, { method, headers, signal, ...(body !== undefined && { body }) }),
    createContext: () => context,
    maxBatchSize,
  });
};

export const dynamic = "force-dynamic";
export const GET = guardRoute({ auth: "public" }, answer);
export const POST = guardRoute({ auth: "public" }, answer);
