import type { RunServices } from "@/runtime/executor/run-services";
import type { Database } from "@/server/db";
import { runFiles } from "@/server/file/run-files";
import { knowledgeService } from "@/server/knowledge/search/knowledge-service";
import { interruptedByOutage } from "@/server/readiness/interrupted-by-outage";
import { registryService } from "@/server/tuned-model/registry-service";

/** What runs of one workspace may use beside models. */
export const workspaceServices = (database: Database, workspaceId: string): RunServices => {
  const knowledge = knowledgeService(database, workspaceId);
  const registry = registryService(database, workspaceId);
  return {
    files: runFiles(database, workspaceId),
    knowledge: { search: (request, call) => interruptedByOutage(() => knowledge.search(request, call)) },
    registry: {
      classify: (request, call) => interruptedByOutage(() => registry.classify(request, call)),
      chatModel: (reference) => interruptedByOutage(() => registry.chatModel(reference)),
    },
  };
};
