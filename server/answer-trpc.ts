import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "./context";
import { bodyLimits } from "./guard/bounded-body";
import type { RouteCall } from "./guard/route";
import { appRouter } from "./root";

/** Calls in one request; the interface's own batches stay well below. */
export const maxBatchSize = 50;

/** The interface's API over HTTP. The body is read here, bounded, before tRPC sees it. */
export const answerTrpc = async (call: RouteCall<"public", unknown>): Promise<Response> => {
  const { request, text, database, responseHeaders } = call;
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
