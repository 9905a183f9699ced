import type { RunServices } from "@/runtime/executor/run-services";
import type { Database } from "@/server/db";
import { runFiles } from "@/server/file/run-files";
import { knowledgeService } from "@/server/knowledge/search/knowledge-service";
import { registryService } from "@/server/tuned-model/registry-service";

/** What runs of one workspace may use beside models. */
export const workspaceServices = (database: Database, workspaceId: string): RunServices => ({
  files: runFiles(database, workspaceId),
  knowledge: knowledgeService(database, workspaceId),
  registry: registryService(database, workspaceId),
});
