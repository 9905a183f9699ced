import type { RunServices } from "@/runtime/capability/capabilities";
import { cacheService, noCache } from "@/server/domain/answer-cache/cache-service";
import { createRunVault } from "@/server/domain/run/vault/run-vault";
import type { Database } from "@/server/platform/db/database";
import type { RunIdentity } from "./run-record";
import { workspaceServices } from "./workspace-services";

/** Whom a run is for. */
interface RunPeople {
  /** Whoever started it in the editor. */
  readonly userId?: string | undefined;
  /** The caller's id of the end user. */
  readonly endUser?: string | undefined;
}

/** What one run may use beside models. */
export const servicesOfRun = (
  database: Database,
  run: RunIdentity,
  { userId, endUser }: RunPeople = {},
): RunServices => ({
  ...workspaceServices(database, run.workspaceId),
  cache:
    run.trigger === "editor" || run.trigger === "api"
      ? cacheService(database, { ...run, userId: userId ?? run.userId ?? null, endUser })
      : noCache,
  vault: createRunVault(database, userId === undefined ? run : { ...run, userId }),
});
