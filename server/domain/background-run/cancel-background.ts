import type { Database } from "@/server/platform/db/database";
import { endWaiting, type WaitingRun } from "./begin-waiting";

/** A background run that has not begun, where this API key started it under this deployment; null where there is none. */
export const findWaiting = ({ prisma }: Database, id: string, deploymentId: string, apiKeyId: string) =>
  prisma.backgroundRun.findFirst({
    where: { id, deploymentId, apiKeyId, isBegun: false },
    select: {
      id: true,
      workspaceId: true,
      deploymentId: true,
      pipelineId: true,
      revisionId: true,
      apiKeyId: true,
      way: true,
      inputs: true,
    },
  });

/** Ends it before its turn comes. Says whether it did: not where it has begun meanwhile. */
export const cancelWaiting = (database: Database, waiting: WaitingRun): Promise<boolean> =>
  endWaiting(database, waiting, { code: "aborted", message: "The run was cancelled." }, "aborted");
