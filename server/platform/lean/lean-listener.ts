import type { IncomingMessage, ServerResponse } from "node:http";
import { Answer } from "./answer";
import { LeanRequest } from "./lean-request";
import { readTarget } from "./read-target";
import { sendAnswer, sendResponse } from "./send-response";

interface Handler {
  (request: Request, next: { readonly params: Promise<never> }): Promise<Response>;
  /** The same without the framework's forms, where the guard offers it. */
  readonly lean?: (request: Request, parameters: never) => Promise<Response | Answer>;
}

export interface LeanRoute {
  readonly method: "GET" | "POST";
  /** As the folder under `app` spells it: `/api/v1/pipelines/[slug]/runs`. */
  readonly path: string;
  /** The very function that the folder's `route.ts` exports, so that the guard is the same. */
  readonly handler: Handler;
}

/** Takes a request that it has a route for, and says whether it did. The framework's server answers the rest. */
export type LeanListener = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Serves a few routes without the framework, whose own work for a route would be most of what an answer costs. What a route does,
 * guard and all, is the same either way; a request that does not match exactly goes to the framework.
 */
export const leanListener = (routes: readonly LeanRoute[]): LeanListener => {
  const matchers = routes.map((route) => {
    const names: string[] = [];
    const pattern = route.path.replaceAll(".", "\\.").replace(/\[(\w+)\]/g, (_, name: string) => {
      names.push(name);
      return "([\\w-]+)";
    });
    return { ...route, names, pattern: new RegExp(`^${pattern}$`) };
  });
  return (incoming, outgoing) => {
    const { plain } = readTarget(incoming.url ?? "");
    if (plain === null) return false;
    const asked = incoming.method === "HEAD" ? "GET" : incoming.method;
    for (const { method, pattern, names, handler } of matchers) {
      if (asked !== method) continue;
      const found = pattern.exec(plain);
      if (found === null) continue;
      const params = Object.fromEntries(names.map((name, index) => [name, found[index + 1]]));
      void answer(handler, params, incoming, outgoing);
      return true;
    }
    return false;
  };
};

const answer = async (
  handler: Handler,
  params: object,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  try {
    const request = new LeanRequest(incoming, outgoing) as unknown as Request;
    const answered =
      handler.lean === undefined
        ? await handler(request, { params: Promise.resolve(params as never) })
        : await handler.lean(request, params as never);
    if (answered instanceof Answer) sendAnswer(answered, incoming, outgoing);
    else await sendResponse(answered, incoming, outgoing);
  } catch (error) {
    // The guard answers every failure of a handler, so this is a connection that broke or a bug of ours.
    if (!outgoing.closed) console.error("a request could not be answered:", error);
    outgoing.destroy();
  }
};

// On globalThis because the server that asks for it is not part of the bundle that makes it.
const shared: typeof globalThis & { pipewrightLean?: LeanListener } = globalThis;

/** From now on `scripts/serve.mjs` asks this listener first. */
export const offerLeanListener = (listener: LeanListener): void => {
  shared.pipewrightLean = listener;
};
