import { z } from "zod";
import { openDatabase } from "@/server/platform/db/open-database";
import { defineJob } from "./define-job";
import { JobQueue } from "./job-queue";

/** For tests: a process that takes up the job `test/endless`, says how far it is, and never ends it. The argument is the database's socket. */
const [, , socket = ""] = process.argv;
const database = await openDatabase({ kind: "embedded", socket });
const endless = defineJob({
  kind: "test/endless",
  input: z.strictObject({}),
  run: async ({ progress, jobId }) => {
    progress({ stage: "working", done: 7, total: 10 });
    process.stdout.write(`${jobId}\n`);
    return new Promise<undefined>(() => {});
  },
});
await new JobQueue(database, [endless]).start();
