import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startTestWorker } from "@/server/platform/job/job-fixture";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { evaluationWorkspace } from "./experiment-fixture";
import { experimentJob } from "./experiment-job";

export type Evaluation = Awaited<ReturnType<typeof startEvaluation>>;

/** For tests: a workspace with these models of a fake server, and a worker that runs its experiments. */
export const startEvaluation = async (baseUrl: string, models: readonly string[]) => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-evaluation-"));
  const database = await openTestDatabase();
  useFileStorage(database, localStorage(folder));
  const workspace = await evaluationWorkspace(database, baseUrl, models);
  const queue = await startTestWorker(database, [experimentJob as never]);
  const stop = async () => {
    await queue.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { database, workspace, stop };
};
