import { openDatabase } from "@/server/db/open-database";
import { JobQueue } from "@/server/job/job-queue";
import { experimentJob } from "./experiment-job";

/** For tests: a process that takes up experiments. The argument is the database's socket. */
const [, , socket = ""] = process.argv;
const database = await openDatabase({ kind: "embedded", socket });
await new JobQueue(database, [experimentJob as never]).start();
