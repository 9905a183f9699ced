import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { bodyLimits } from "@/server/platform/guard/bounded-body";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { outageOf, outages } from "@/server/platform/readiness/outage";
import type { RouteCall } from "@/server/platform/route/route";
import { createContext } from "@/server/platform/trpc/context";
import { appRouter } from "./root";

/** Calls in one request; the interface's own batches stay well below. */
export const maxBatchSize = 50;

/** The interface's API over HTTP. The body is read here, bounded, before tRPC sees it. */
export const answerTrpc = async (call: RouteCall<"public", unknown>): Promise<Response> => {
  const { request, database, responseHeaders } = call;
  const { method, headers, signal } = request;
  const context = await createContext(database, headers, responseHeaders);
  const body = method === "POST" ? await readBody(call, context.member !== null) : undefined;
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    router: appRouter,
    req: new Request(request.url, { method, headers, signal, ...(body !== undefined && { body }) }),
    createContext: () => context,
    maxBatchSize,
    responseMeta: ({ errors }) => {
      const outage = errors.map(({ cause }) => outageOf(cause)).find((each) => each !== null);
      if (outage === undefined || outage === null) return {};
      return { status: 503, headers: { "retry-after": String(outages[outage].retryAfterSeconds) } };
    },
  });
};

/**
 * A stranger's body is read to a few kilobytes. Beyond them it is left out, not refused: who was signed out is then told so by the procedure, and not
 * that the draft they save is too large.
 */
const readBody = async ({ text }: RouteCall<"public", unknown>, known: boolean): Promise<string> => {
  if (known) return text(bodyLimits.interfaceBytes, bodyLimits.interfaceValues);
  try {
    return await text(bodyLimits.strangerBytes);
  } catch (error) {
    if (error instanceof RouteRefusal && error.status === 413) return "{}";
    throw error;
  }
};
