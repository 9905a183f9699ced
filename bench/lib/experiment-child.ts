// A process that runs experiments on the embedded database, for bench/evaluation.ts: told by lines on standard input how many rows the next one has, it
// answers with a line of JSON. Arguments: the database's socket, the model server's address, concurrency.
import { createInterface } from "node:readline";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import { experimentJob } from "@/server/domain/experiment/experiment-job";
import { prepareExperiment } from "@/server/domain/experiment/prepare-experiment";
import { beginExperiment } from "@/server/domain/experiment/start-experiment";
import { openDatabase } from "@/server/platform/db/open-database";
import { JobQueue } from "@/server/platform/job/job-queue";
import { liveJobsOf } from "@/server/platform/job/live-jobs";
import { useFileStorage as keepFiles, localStorage } from "@/server/platform/object-store/file-storage";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

const [, , socket = "", modelServer = "", folder = "", concurrency = "32"] = process.argv;
const database = await openDatabase({ kind: "embedded", socket });
keepFiles(database, localStorage(folder));
const owner = await addMember(database, "owner");
const api = callerOf(database, owner);
await api.endpoint.create({
  name: "Fake",
  slug: "fake",
  replicas: [{ baseUrl: `${modelServer}/v1` }],
  maxConcurrency: 256,
  models: [{ name: "echo", inputUsdPerM: 1, outputUsdPerM: 2 }],
});
const node = (id: string, type: string, config: object) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;
const { id: pipelineId } = await api.pipeline.create({
  name: "Questions",
  document: {
    schemaVersion: 1,
    nodes: [
      node("in", "io/input", { fields: [{ name: "question", maxLength: 200 }] }),
      node("ask", "prompt/chat", { model: "fake/echo", user: "Say: {{question}}" }),
      node("out", "io/output", { outputs: [{ name: "answer" }] }),
    ],
    edges: [
      { id: "a", from: { node: "in", port: "question" }, to: { node: "ask", port: "question" } },
      { id: "b", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
    ],
    layout: {},
  },
});
await new JobQueue(database, [experimentJob as never]).start();

const ended = async (jobId: string) => {
  const live = liveJobsOf(database);
  for (;;) {
    let leave = () => {};
    const changed = new Promise<void>((resolve) => {
      leave = live.listen(jobId, resolve);
    });
    const job = await database.prisma.job.findUniqueOrThrow({ where: { id: jobId } });
    if (job.status !== "queued" && job.status !== "running") {
      leave();
      return job;
    }
    await changed;
    leave();
  }
};

const run = async (rows: number): Promise<number> => {
  const { id: datasetId } = await makeDataset(database, owner.workspaceId, {
    name: `${rows} questions`,
    columns: [
      { name: "question", role: "input", kind: "text" },
      { name: "wanted", role: "expected", kind: "text" },
    ],
  });
  const cases = Array.from({ length: rows }, (_, index) => ({
    inputs: { question: `question ${index}` },
    expected: { wanted: `Say: question ${index}` },
  }));
  await insertRows(database, owner.workspaceId, datasetId, cases);
  const draft = experimentDraft.parse({
    pipelineId,
    datasetId,
    variants: [
      { key: "a", label: "A", revision: "draft" },
      {
        key: "b",
        label: "B",
        revision: "draft",
        overrides: [{ nodeId: "ask", config: { user: "Please say: {{question}}" } }],
      },
    ],
    baseline: "a",
    scorers: [{ id: "same", type: "text/exact" }],
    primary: "same.match",
    concurrency: Number(concurrency),
    useCache: false,
  });
  const prepared = await prepareExperiment(database, owner.workspaceId, draft);
  const id = await beginExperiment(
    database,
    { workspaceId: owner.workspaceId, userId: owner.userId, name: "Bench" },
    prepared,
  );
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  const job = await ended(jobId ?? "");
  // From the job's beginning to its stored report; what is frozen before is not part of it, as the peer's own figure leaves its start out too.
  const seconds = ((job.endedAt?.getTime() ?? 0) - (job.startedAt?.getTime() ?? 0)) / 1_000;
  const { report } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  if (job.status !== "success" || (report as { cells?: { done: number } } | null)?.cells?.done !== 2 * rows)
    throw new Error(`the experiment did not end well: ${job.errorMessage}`);
  return seconds;
};

console.log("ready");
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify({ seconds: await run(Number(line)) }));
process.exit(0);
