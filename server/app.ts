import { getDatabase } from "@/server/platform/db/database";
import { frontDoor } from "./api/http/front/front-door";
import { hookRoutes } from "./api/http/hooks/hooks";
import { mcpRoutes } from "./api/http/mcp/routes";
import { openAiRoutes } from "./api/http/openai/routes";
import { pageRoutes } from "./api/http/pages/routes";
import { publishedRoutes } from "./api/http/published/routes";
import { keepBackgroundRuns } from "./domain/background-run/keep-background-runs";
import { keepBatches } from "./domain/batch/feed-batches";
import { settleEncryptionKey } from "./domain/encryption-key/settle-encryption-key";
import { ensureEmbeddedEndpoints } from "./domain/endpoint/embedded-endpoint";
import { keepSharing } from "./domain/endpoint/places/share-places";
import { keepFilesClean } from "./domain/file/clean-up";
import { fileRoutes } from "./domain/file/routes";
import { keepInbox } from "./domain/inbox/keep-inbox";
import { keepRetention } from "./domain/retention/keep-retention";
import { keepRollups } from "./domain/rollup/keep-rollups";
import { openRunJournal } from "./domain/run/journal/open-run-journal";
import { liveRunsOf } from "./domain/run/live-runs";
import { watchPauses } from "./domain/run/pause/watch-pauses";
import { keepLeases, recoverRuns } from "./domain/run/recover-runs";
import { storeBeforeLeaving } from "./domain/run/store-before-leaving";
import { keepSchedules } from "./domain/schedule/keep-schedules";
import { observeRuns } from "./domain/telemetry/observe-runs";
import { jobKinds } from "./job-kinds";
import { authSecret } from "./platform/auth/auth-secret";
import { createSignInLink } from "./platform/auth/create-sign-in-link";
import { ensureLocalOwner } from "./platform/auth/ensure-local-owner";
import { wantsLink } from "./platform/auth/wants-link";
import { readAddress } from "./platform/guard/address";
import { JobQueue } from "./platform/job/job-queue";
import { leanListener, offerLeanListener } from "./platform/lean/lean-listener";
import { watchDisk } from "./platform/readiness/disk";

/** The line the start script waits for; it stands alone on the standard output, followed by the link where one was made. */
export const readyMark = "pipewright:ready";

/**
 * What has to be true before the first request: the database is migrated (opening it does that), somebody owns a workspace,
 * each workspace has the embedded endpoint, no run is lost or left hanging from before. Then, where nobody could sign in otherwise, one link is printed that
 * signs that owner in.
 */
export const startUp = async (print: (line: string) => void = (line) => process.stdout.write(line)): Promise<void> => {
  const database = await getDatabase();
  await settleEncryptionKey(database);
  const owner = await ensureLocalOwner(database);
  await ensureEmbeddedEndpoints(database);
  await watchDisk(database);
  // Where another process answers published pipelines, their runs and the journal are its own.
  const hasFront = Boolean(process.env.PIPEWRIGHT_FRONT_SOCKET);
  const share = hasFront ? "own" : "all";
  const metrics = observeRuns(database);
  if (!hasFront) await openRunJournal(database);
  await recoverRuns(database, liveRunsOf(database), share);
  await watchPauses(database, share);
  keepInbox(database, share);
  keepLeases(database, share);
  if (!hasFront) {
    keepBackgroundRuns(database);
    keepSchedules(database);
    keepBatches(database);
  }
  const jobs = new JobQueue(database, jobKinds);
  await jobs.start();
  keepFilesClean(database);
  keepRetention(database);
  keepRollups(database);
  keepSharing();
  storeBeforeLeaving(database, jobs);
  const door = frontDoor(
    leanListener([...publishedRoutes, ...openAiRoutes, ...mcpRoutes, ...pageRoutes, ...hookRoutes, ...fileRoutes]),
  );
  offerLeanListener((incoming, outgoing) => metrics(incoming, outgoing) || door(incoming, outgoing));
  if (!(await wantsLink(database))) return print(`${readyMark}\n`);
  const link = await createSignInLink({
    database,
    secret: authSecret(),
    address: readAddress(),
    email: owner.email,
  });
  print(`${readyMark} ${link}\n`);
};
