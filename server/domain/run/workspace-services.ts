import type { RunServices } from "@/runtime/capability/capabilities";
import { runFiles } from "@/server/domain/file/run-files";
import { knowledgeService } from "@/server/domain/knowledge/search/knowledge-service";
import { codeService } from "@/server/domain/tool/code-service";
import { registryService } from "@/server/domain/tuned-model/registry-service";
import type { Database } from "@/server/platform/db/database";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";

/** What runs of one workspace may use beside models. */
export const workspaceServices = (database: Database, workspaceId: string): RunServices => {
  const knowledge = knowledgeService(database, workspaceId);
  const registry = registryService(database, workspaceId);
  return {
    code: codeService(),
    files: runFiles(database, workspaceId),
    knowledge: { search: (request, call) => interruptedByOutage(() => knowledge.search(request, call)) },
    registry: {
      classify: (request, call) => interruptedByOutage(() => registry.classify(request, call)),
      chatModel: (reference) => interruptedByOutage(() => registry.chatModel(reference)),
    },
  };
};
