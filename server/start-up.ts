import { getDatabase } from "@/server/db";
import { authSecret } from "./auth/auth-secret";
import { createSignInLink } from "./auth/create-sign-in-link";
import { ensureLocalOwner } from "./auth/ensure-local-owner";
import { wantsLink } from "./auth/wants-link";
import { ensureEmbeddedEndpoints } from "./endpoint/embedded-endpoint";
import { keepFilesClean } from "./file/clean-up";
import { fileRoutes } from "./file/routes";
import { frontDoor } from "./front/front-door";
import { readAddress } from "./guard/address";
import { jobKinds } from "./job/job-kinds";
import { JobQueue } from "./job/job-queue";
import { leanListener, offerLeanListener } from "./lean/lean-listener";
import { publishedRoutes } from "./published/routes";
import { watchDisk } from "./readiness/disk";
import { keepRetention } from "./retention/keep-retention";
import { openRunJournal } from "./run/journal/open-run-journal";
import { keepLeases, recoverRuns } from "./run/recover-runs";
import { storeBeforeLeaving } from "./run/store-before-leaving";
import { settleEncryptionKey } from "./secret/settle-encryption-key";

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
  await openRunJournal(database);
  await recoverRuns(database);
  keepLeases(database);
  const jobs = new JobQueue(database, jobKinds);
  await jobs.start();
  keepFilesClean(database);
  keepRetention(database);
  storeBeforeLeaving(database, jobs);
  offerLeanListener(frontDoor(leanListener([...publishedRoutes, ...fileRoutes])));
  if (!(await wantsLink(database))) return print(`${readyMark}\n`);
  const link = await createSignInLink({
    database,
    secret: authSecret(),
    address: readAddress(),
    email: owner.email,
  });
  print(`${readyMark} ${link}\n`);
};
