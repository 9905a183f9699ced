import type { ServiceCall } from "@/runtime/capability/service-call";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import type { Database } from "@/server/platform/db/database";

/** Calls models for a page of the app, outside of any run. */
export const ownCall = (database: Database, workspaceId: string, signal: AbortSignal): ServiceCall => {
  const gateway = workspaceGateway(database, workspaceId);
  const options = { signal, onCall: () => {} };
  return {
    signal,
    embed: (request) => gateway.embed(request, options),
    rerank: (request) => gateway.rerank(request, options),
  };
};
