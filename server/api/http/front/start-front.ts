import { hookRoutes } from "@/server/api/http/hooks/hooks";
import { mcpRoutes } from "@/server/api/http/mcp/routes";
import { openAiRoutes } from "@/server/api/http/openai/routes";
import { pageRoutes } from "@/server/api/http/pages/routes";
import { publishedRoutes } from "@/server/api/http/published/routes";
import { keepBackgroundRuns } from "@/server/domain/background-run/keep-background-runs";
import { keepBatches } from "@/server/domain/batch/feed-batches";
import { deploymentChanged } from "@/server/domain/deployment/find-deployment";
import { givePlaces } from "@/server/domain/endpoint/places/give-places";
import { endpointsChanged } from "@/server/domain/endpoint/workspace-gateway";
import { openRunJournal } from "@/server/domain/run/journal/open-run-journal";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { takeUpRun } from "@/server/domain/run/pause/take-up-run";
import { watchPauses } from "@/server/domain/run/pause/watch-pauses";
import { keepLeases, recoverRuns } from "@/server/domain/run/recover-runs";
import { storeBeforeLeaving } from "@/server/domain/run/store-before-leaving";
import { keepSchedules } from "@/server/domain/schedule/keep-schedules";
import { observeRuns } from "@/server/domain/telemetry/observe-runs";
import { type Database, getDatabase } from "@/server/platform/db/database";
import { type FrontAnswer, type FrontMessage, listenForMessages } from "@/server/platform/front-link/front-link";
import { type LeanListener, leanListener } from "@/server/platform/lean/lean-listener";
import { watchDisk } from "@/server/platform/readiness/disk";
import { originsChanged } from "@/server/platform/route/allowed-origins";
import { forgetKey } from "@/server/platform/route/key-cache";
import { frontDoor } from "./front-door";

/** Does what a message of the interface says. */
export const takeMessage = async (database: Database, message: FrontMessage): Promise<FrontAnswer> => {
  switch (message.type) {
    case "key-changed":
      return forgetKey(message.keyHash);
    case "deployment-changed":
      return deploymentChanged(message.slug);
    case "endpoints-changed":
      return endpointsChanged(message.workspaceId);
    case "origins-changed":
      return originsChanged(message.workspaceId);
    case "resume-run":
      return takeUpRun(database, message.runId, "published");
    case "share-places":
      return givePlaces(message.shares);
    case "cancel-run": {
      const live = liveRunsOf(database).get(message.runId);
      if (live?.run.workspaceId !== message.workspaceId) return;
      live.cancel();
      await live.finished;
      return;
    }
    default:
      return message satisfies never;
  }
};

/**
 * What has to be true before the first call: what an earlier process answered is stored, no run of a caller is left hanging, and the interface is
 * heard. The interface is up by then: the database is migrated and somebody owns it.
 */
export const startFront = async (socketPath: string): Promise<LeanListener> => {
  const database = await getDatabase();
  await watchDisk(database);
  const metrics = observeRuns(database);
  await openRunJournal(database);
  await recoverRuns(database, liveRunsOf(database), "published");
  await watchPauses(database, "published");
  keepLeases(database, "published");
  keepBackgroundRuns(database);
  keepSchedules(database);
  keepBatches(database);
  await listenForMessages(socketPath, (message) => takeMessage(database, message));
  storeBeforeLeaving(database, null);
  const door = frontDoor(
    leanListener([...publishedRoutes, ...openAiRoutes, ...mcpRoutes, ...pageRoutes, ...hookRoutes]),
  );
  return (incoming, outgoing) => metrics(incoming, outgoing) || door(incoming, outgoing);
};
