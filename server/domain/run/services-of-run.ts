import type { RunServices } from "@/runtime/capability/capabilities";
import { createRunVault } from "@/server/domain/run/vault/run-vault";
import type { Database } from "@/server/platform/db/database";
import type { RunIdentity } from "./run-record";
import { workspaceServices } from "./workspace-services";

/** What one run may use beside models. `userId` is whoever started it in the editor. */
export const servicesOfRun = (database: Database, run: RunIdentity, userId?: string): RunServices => ({
  ...workspaceServices(database, run.workspaceId),
  vault: createRunVault(database, userId === undefined ? run : { ...run, userId }),
});
