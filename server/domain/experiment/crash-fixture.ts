import { openDatabase } from "@/server/platform/db/open-database";
import { JobQueue } from "@/server/platform/job/job-queue";
import { experimentJob } from "./experiment-job";

/** For tests: a process that takes up experiments. The argument is the database's socket. */
const [, , socket = ""] = process.argv;
const database = await openDatabase({ kind: "embedded", socket });
await new JobQueue(database, [experimentJob as never]).start();
