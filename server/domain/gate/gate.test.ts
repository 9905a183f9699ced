import { afterAll, beforeAll, expect, it } from "vitest";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Evaluation, startEvaluation } from "@/server/domain/experiment/evaluation-fixture";
import { questionDocument } from "@/server/domain/experiment/experiment-fixture";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { callerOf } from "@/server/testing/workspace-fixture";
import { settleCheck } from "./settle-check";

let database: Evaluation["database"];
let workspace: Evaluation["workspace"];
let stop: Evaluation["stop"];
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  ({ database, workspace, stop } = await startEvaluation(server.baseUrl, ["echo"]));
});
afterAll(async () => {
  await stop();
  await server.close();
});

const spec = gateSpec.parse({
  scorers: [{ id: "same", type: "text/exact" }],
  requirements: [{ metric: "same.match", margin: 0.05, floor: 0.5 }],
});

it("lets through what is at least as good as what is live, stops what is worse, and forgets what it saw when something changes", async () => {
  const { api } = workspace;
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(120)];
  const check = async (revision: number) => {
    const begun = await api.gate.check({ pipelineId, revision });
    if (begun.job) await jobWhen(database, begun.job.id);
    return api.gate.get({ pipelineId });
  };
  const publish = (revision: number) => api.deployment.publish({ pipelineId, revision, slug: "gated-questions" });
  const save = async (baseRevision: number, user: string) =>
    (await api.pipeline.save({ id: pipelineId, baseRevision, document: questionDocument("echo", user) })).revision;
  const refused = { code: "PRECONDITION_FAILED", details: { reason: "gate-not-passed" } };

  await api.gate.set({ pipelineId, datasetId, spec });
  await expect(publish(1)).rejects.toMatchObject(refused);
  // The first version is held against the floor alone.
  const first = await check(1);
  expect(first).toMatchObject({
    open: true,
    reason: null,
    diff: null,
    check: { state: "passed", baselineNumber: null },
  });
  await publish(1);

  const worse = await save(1, "{{question}} please");
  expect(await api.gate.get({ pipelineId })).toMatchObject({ open: false, reason: "no-check" });
  const stopped = await check(worse);
  expect(stopped).toMatchObject({
    open: false,
    reason: "not-passed",
    check: { state: "not-passed", baselineNumber: 1 },
  });
  expect(stopped.check?.results.map(({ asked, holds }) => [asked.kind, holds])).toEqual([
    ["not-worse", false],
    ["floor", false],
  ]);
  expect(stopped.diff?.changed.map(({ id, fields }) => [id, fields])).toEqual([["ask", ["config.user"]]]);
  await expect(publish(worse)).rejects.toMatchObject(refused);
  await expect(publish(worse)).rejects.toThrow(/not worse than live by more than 5 points; seen: 0 %, live 100 %/);

  // As good as what is live, by other words.
  const same = await save(worse, " {{question}} ".trim());
  const again = await save(same, "{{question}}");
  expect((await api.gate.get({ pipelineId })).open).toBe(true);
  await publish(again);
  expect(await api.gate.check({ pipelineId, revision: again })).toMatchObject({ state: "passed", experimentId: null });

  // A gate that asks for something else has not seen this version yet.
  await api.gate.set({ pipelineId, datasetId, spec: { ...spec, alpha: 0.05 } });
  const other = await save(again, "{{question}} ");
  expect(await api.gate.get({ pipelineId })).toMatchObject({ reason: "no-check" });
  await api.gate.remove({ pipelineId });
  await publish(other);

  // The way back to a version that was live is open at once, whatever the gate asks for now.
  const { id, revisionId } = await database.prisma.deployment.findUniqueOrThrow({ where: { slug: "gated-questions" } });
  const { changes } = await api.deployment.page({ id });
  const earlier = changes.find((change) => change.revisionId !== revisionId)?.revisionId ?? "";
  const back = () => api.deployment.rollBack({ id, revisionId: earlier, liveId: revisionId });
  await api.gate.set({ pipelineId, datasetId, spec: { ...spec, alpha: 0.2 } });
  expect(await back()).toMatchObject({ id });
});

it("is not decided by what a gate asks for later", async () => {
  const { api } = workspace;
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(30, "Changed")];
  await api.gate.set({
    pipelineId,
    datasetId,
    spec: { ...spec, requirements: [{ metric: "same.match", margin: null, floor: 0.99, ceiling: null }] },
  });
  const begun = await api.gate.check({ pipelineId, revision: 1 });
  if (begun.job) await jobWhen(database, begun.job.id);
  await api.gate.set({ pipelineId, datasetId, spec });
  expect(await api.gate.get({ pipelineId })).toMatchObject({ open: false, reason: "no-check" });
  const gate = await database.prisma.gate.findUniqueOrThrow({ where: { pipelineId } });
  const check = await database.prisma.gateCheck.findUniqueOrThrow({ where: { id: begun.id } });
  expect((await settleCheck(database, gate, check)).state).toBe("failure");
  expect(await database.prisma.gateCheck.findUniqueOrThrow({ where: { id: begun.id } })).toMatchObject({
    passed: null,
  });
});

it("refuses a gate whose scorers the pipeline cannot have, and says which", async () => {
  const { api } = workspace;
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(3, "Small")];
  await expect(
    api.gate.set({
      pipelineId,
      datasetId,
      spec: { ...spec, requirements: [{ metric: "same.nothing", margin: null, floor: 1, ceiling: null }] },
    }),
  ).rejects.toMatchObject({
    details: {
      reason: "input-invalid",
      fields: { "spec.primary": expect.stringContaining("same.match") },
      problems: { "spec.primary": { code: "metric-unknown", parameters: expect.anything() } },
    },
  });
});

it("checks the draft that the person saw, though another is saved at the same moment", async () => {
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(3)];
  await workspace.api.gate.set({ pipelineId, datasetId, spec });
  const seen = await database.prisma.pipeline.findUniqueOrThrow({ where: { id: pipelineId } });
  const other = questionDocument("echo", "{{question}} now");
  let reads = 0;
  const prisma = database.prisma.$extends({
    query: {
      pipeline: {
        findFirst: async ({ args, query }) => {
          const found = await query(args);
          reads += 1;
          if (reads === 1) await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: other });
          return found;
        },
      },
    },
  }) as unknown as Evaluation["database"]["prisma"];
  const begun = await callerOf({ ...database, prisma }, workspace.owner).gate.check({ pipelineId, revision: 1 });
  const { revisionId } = await database.prisma.gateCheck.findUniqueOrThrow({ where: { id: begun.id } });
  const checked = await database.prisma.revision.findUniqueOrThrow({ where: { id: revisionId } });
  expect(checked.graphHash).toBe(seen.graphHash);
});
