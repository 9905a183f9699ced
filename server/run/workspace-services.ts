import type { RunServices } from "@/runtime/executor/run-services";
import type { Database } from "@/server/db";

/** What runs of one workspace may use beside models. */
export const workspaceServices = (_database: Database, _workspaceId: string): RunServices => ({});
