import type { RunServices } from "@/runtime/capability/capabilities";
import { noCache } from "@/server/domain/answer-cache/cache-service";
import { runFiles } from "@/server/domain/file/run-files";
import { knowledgeService } from "@/server/domain/knowledge/search/knowledge-service";
import { mcpService } from "@/server/domain/mcp/mcp-service";
import { codeService } from "@/server/domain/tool/code-service";
import { webService } from "@/server/domain/tool/web-service";
import { registryService } from "@/server/domain/tuned-model/registry-service";
import type { Database } from "@/server/platform/db/database";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";

/** By database and workspace: they hold nothing of a run, and of a call they would be a good part. */
const made = new WeakMap<Database, Map<string, RunServices>>();
const mostMade = 1_000;

/** What runs of one workspace may use beside models. */
export const workspaceServices = (database: Database, workspaceId: string): RunServices => {
  let ofDatabase = made.get(database);
  if (ofDatabase === undefined) {
    ofDatabase = new Map();
    made.set(database, ofDatabase);
  }
  let services = ofDatabase.get(workspaceId);
  if (services === undefined) {
    services = makeServices(database, workspaceId);
    if (ofDatabase.size >= mostMade) ofDatabase.clear();
    ofDatabase.set(workspaceId, services);
  }
  return services;
};

const makeServices = (database: Database, workspaceId: string): RunServices => {
  const knowledge = knowledgeService(database, workspaceId);
  const registry = registryService(database, workspaceId);
  const files = runFiles(database, workspaceId);
  return {
    cache: noCache,
    code: codeService(workspaceId),
    files,
    mcp: mcpService(database, workspaceId),
    web: webService(database, workspaceId, files),
    knowledge: { search: (request, call) => interruptedByOutage(() => knowledge.search(request, call)) },
    registry: {
      classify: (request, call) => interruptedByOutage(() => registry.classify(request, call)),
      chatModel: (reference) => interruptedByOutage(() => registry.chatModel(reference)),
    },
  };
};
