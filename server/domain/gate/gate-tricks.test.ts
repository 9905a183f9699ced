import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GateSpec, gateSpec } from "@/runtime/eval/gate/gate-spec";
import { saySeen } from "@/runtime/eval/gate/say-gate";
import { locales } from "@/runtime/node/localized";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import { type Evaluation, startEvaluation } from "@/server/domain/experiment/evaluation-fixture";
import { questionDocument } from "@/server/domain/experiment/experiment-fixture";
import { verified } from "@/server/domain/experiment/replay-fixture";
import { jobWhen } from "@/server/platform/job/job-fixture";

let evaluation: Evaluation;
let database: Evaluation["database"];
let workspace: Evaluation["workspace"];
let stop: Evaluation["stop"];
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  evaluation = await startEvaluation(server.baseUrl, ["echo", "erratic-4"]);
  ({ database, workspace, stop } = evaluation);
});
afterAll(async () => {
  await stop();
  await server.close();
});

const specOf = (requirements: readonly object[], scorers: readonly object[] = [{ id: "same", type: "text/exact" }]) =>
  gateSpec.parse({ scorers, requirements });

/** A pipeline that is live, and a draft that another model answers. */
const gated = async (datasetId: string, spec: GateSpec, candidate = questionDocument("erratic-4")) => {
  const { api } = workspace;
  const pipelineId = await workspace.pipeline("echo");
  await api.deployment.publish({ pipelineId, revision: 1, slug: `q-${randomBytes(6).toString("hex")}` });
  const { revision } = await api.pipeline.save({ id: pipelineId, baseRevision: 1, document: candidate });
  const check = async (asked: GateSpec) => {
    await api.gate.set({ pipelineId, datasetId, spec: asked });
    const begun = await api.gate.check({ pipelineId, revision });
    if (begun.job) await jobWhen(database, begun.job.id);
    const { check: view } = await api.gate.get({ pipelineId });
    // What decided it can be worked out again from its export.
    await verified(evaluation, view?.experimentId ?? "");
    return view;
  };
  return { pipelineId, check, first: await check(spec) };
};

it("is not passed by starting again, by a margin moved by a hair, or by deleting what was seen", async () => {
  const { api } = workspace;
  const spec = (margin: number) => specOf([{ metric: "same.match", margin }]);
  const datasetId = await workspace.dataset(60);
  const { pipelineId, check, first } = await gated(datasetId, spec(0.1));
  expect(first).toMatchObject({ state: "not-passed" });
  // What the check has shown is what the dialog plans with.
  const planned = async (margin: number) =>
    (await api.gate.forecast({ pipelineId, datasetId, spec: spec(margin) })).requirements[0];
  expect(await planned(0.1)).toMatchObject({ isGuess: false, power: expect.any(Number) });
  expect((await planned(0.4))?.power).toBeGreaterThan((await planned(0.1))?.power ?? 1);
  expect((await planned(0.01))?.rows).toBeGreaterThan(1_000);
  const asked = server.requests.length;
  for (const margin of [0.1002, 0.1004]) {
    const again = await check(spec(margin));
    expect(again?.state).toBe("not-passed");
    expect(again?.results[0]?.value).toEqual(first?.results[0]?.value);
    expect(again?.results[0]?.difference).toEqual(first?.results[0]?.difference);
    const { report } = await api.experiment.get({ id: again?.experimentId ?? "" });
    expect(report?.look?.number).toBe(1);
    expect(report?.variants.map(({ failures }) => failures)).toEqual([0, 15]);
    expect(again?.attempts).toEqual({ answers: 120, attempts: 120, failed: 15 });
  }
  expect(server.requests.length).toBe(asked);
  await expect(api.experiment.remove({ id: first?.experimentId ?? "" })).rejects.toMatchObject({ code: "CONFLICT" });
});

it("does not take what was tried beside it until the luck was good", async () => {
  const spec = specOf([{ metric: "same.match", margin: 0.1 }]);
  const datasetId = await workspace.dataset(40, "Beside");
  const { pipelineId, first } = await gated(datasetId, spec);
  const draft = {
    pipelineId,
    datasetId,
    variants: [{ key: "a", label: "Draft", revision: "draft" as const, overrides: [] }],
    baseline: "a",
    scorers: [{ id: "same", type: "text/exact", config: {} }],
    primary: "same.match",
    useCache: false,
  };
  const { id } = await workspace.api.experiment.start({ name: "Luck", draft });
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  await jobWhen(database, jobId ?? "");
  const { api } = workspace;
  await api.gate.set({ pipelineId, datasetId, spec: specOf([{ metric: "same.match", margin: 0.11 }]) });
  const revision = (await database.prisma.pipeline.findUniqueOrThrow({ where: { id: pipelineId } })).revision;
  const begun = await api.gate.check({ pipelineId, revision });
  if (begun.job) await jobWhen(database, begun.job.id);
  const again = (await api.gate.get({ pipelineId })).check;
  expect(again?.results[0]?.value).toEqual(first?.results[0]?.value);
});

it("is not passed by three rows, nor by forty copies of them, and says how many are wanting", async () => {
  const requirements = [
    { metric: "labels.accuracy", margin: 0.01, floor: 0.9 },
    { metric: "labels.macro-f1", margin: 0.01 },
  ];
  const spec = specOf(requirements, [{ id: "labels", type: "label/accuracy" }]);
  const same = { ...questionDocument("echo"), nodes: questionDocument("echo", "{{question}} ").nodes };
  const three = await workspace.dataset(3, "Three");
  const few = (await gated(three, spec, same)).first;
  const copies = await workspace.dataset(3, "Copies");
  for (let copy = 0; copy < 40; copy += 1)
    await insertRows(
      database,
      workspace.owner.workspaceId,
      copies,
      [0, 1, 2].map((row) => ({
        inputs: { question: `Question  ${row}` },
        expected: { wanted: `question ${row}` },
        tags: [],
      })),
    );
  const many = (await gated(copies, spec, same)).first;
  const { api } = workspace;
  const { pipelineId } = await database.prisma.gate.findFirstOrThrow({ where: { datasetId: copies } });
  expect(await api.gate.forecast({ pipelineId, datasetId: copies, spec })).toMatchObject({
    rows: 123,
    least: 20,
    requirements: [{ isGuess: true }, { isGuess: true }],
  });
  for (const check of [few, many]) {
    expect(check?.state).toBe("not-passed");
    expect(check?.results.map(({ doubt }) => doubt)).toEqual(["too-few-rows", "too-few-rows", "too-few-rows"]);
    expect(saySeen(check?.results[0] as never, "en")).toMatch(/at least 17 are wanting$/);
    for (const locale of locales) expect(saySeen(check?.results[0] as never, locale)).toContain("17");
  }
});

it("is not passed by failing fast", async () => {
  const spec = specOf(
    [
      { metric: "time.duration", margin: 1, ceiling: 60_000 },
      { metric: "tokens.output", margin: 0.1 },
    ],
    [
      { id: "time", type: "run/latency" },
      { id: "tokens", type: "run/tokens" },
    ],
  );
  const { first } = await gated(await workspace.dataset(60, "Fast"), spec);
  expect(first?.state).toBe("not-passed");
  const failed = first?.results.filter(({ asked }) => asked.kind === "not-worse");
  expect(failed?.some(({ holds }) => holds === true)).toBe(false);
});

it("says how little twenty rows know of a floor that they keep", async () => {
  const datasetId = await workspace.dataset(18, "Floor");
  await insertRows(
    database,
    workspace.owner.workspaceId,
    datasetId,
    [18, 19].map((row) => ({ inputs: { question: `question ${row}` }, expected: { wanted: "another" }, tags: [] })),
  );
  const same = { ...questionDocument("echo"), nodes: questionDocument("echo", "{{question}} ").nodes };
  const { first } = await gated(datasetId, specOf([{ metric: "same.match", floor: 0.9 }]), same);
  expect(first).toMatchObject({ state: "passed", results: [{ holds: true, isSure: false, value: { value: 0.9 } }] });
  expect(saySeen(first?.results[0] as never, "en")).toMatch(
    /kept, but with 20 rows the true value may be on the other/,
  );
  expect(saySeen(first?.results[0] as never, "zh")).toContain("仅凭 20 行");
});
