import type { IncomingMessage, ServerResponse } from "node:http";
import { findDeployment } from "@/server/domain/deployment/find-deployment";
import type { Database } from "@/server/platform/db/database";
import { crossOriginHeaders, type OriginScope } from "@/server/platform/route/allowed-origins";

/** How long a browser may go by an answer, in seconds. */
const trustSeconds = 600;
const publishedPath = /^\/api\/v1\/pipelines\/([\w-]+)\//;

const isPublished = (path: string): boolean => /^\/(?:api\/)?v1\//.test(path);

const scopeOf = async (database: Database, path: string): Promise<OriginScope | null> => {
  const slug = publishedPath.exec(path)?.[1];
  // The question comes without a key, so nobody knows the workspace yet; the call itself goes by the key's.
  if (slug === undefined) return { anyWorkspace: true };
  const deployment = await findDeployment(database, slug);
  return deployment === null ? null : { workspaceId: deployment.workspaceId };
};

/** Answers `OPTIONS`: which methods an address takes, and to the browser of a page of a listed origin, that it may call it. */
export const answerOptions = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
  methods: readonly string[],
  openDatabase: () => Promise<Database>,
): Promise<void> => {
  outgoing.setHeader("allow", methods.join(", "));
  const { origin } = incoming.headers;
  if (origin !== undefined && isPublished(path)) {
    outgoing.setHeader("vary", "origin");
    try {
      const database = await openDatabase();
      const scope = await scopeOf(database, path);
      const headers = scope === null ? {} : await crossOriginHeaders(database, origin, scope);
      for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
      if (outgoing.hasHeader("access-control-allow-origin")) {
        outgoing.setHeader("access-control-allow-methods", methods.join(", "));
        outgoing.setHeader(
          "access-control-allow-headers",
          "authorization, content-type, idempotency-key, last-event-id, prefer",
        );
        outgoing.setHeader("access-control-max-age", trustSeconds);
      }
    } catch (error) {
      // Without the database nothing is allowed; the call itself says what is wrong.
      console.error("the allowed origins could not be read:", error);
    }
  }
  outgoing.statusCode = 204;
  outgoing.end();
};
