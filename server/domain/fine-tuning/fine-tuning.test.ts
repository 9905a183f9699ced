import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { adapterFiles, type FakeTrainer, startFakeTrainer } from "@/runtime/testing/fake-trainer";
import { registryService } from "@/server/domain/tuned-model/registry-service";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { jobWhen, startTestWorker } from "@/server/platform/job/job-fixture";
import type { JobQueue } from "@/server/platform/job/job-queue";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { holdsTheContract } from "./trainer-contract";
import { tuningJob } from "./tuning-job";

const table = (rows: number, answer = (row: number) => (row % 2 === 0 ? "red" : "blue")) =>
  ["text,label", ...Array.from({ length: rows }, (_, row) => `case ${row} of many,${answer(row)}`)].join("\n");

describe("fine-tuning on a trainer", { timeout: 60_000 }, () => {
  let database: Database;
  let trainer: FakeTrainer;
  let queue: JobQueue;
  let folder: string;
  let owner: Member;
  let api: ReturnType<typeof callerOf>;
  let trainerId: string;
  let setId: string;

  beforeAll(async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
    folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-tuning-"));
    [trainer, database] = await Promise.all([startFakeTrainer(), openTestDatabase()]);
    useFileStorage(database, localStorage(folder));
    queue = await startTestWorker(database, [tuningJob as never]);
    owner = await addMember(database, "owner");
    api = callerOf(database, owner);
    trainerId = (await api.fineTuning.connect({ name: "GPU machine", address: trainer.address, token: trainer.token }))
      .id;
    setId = (await api.trainingSet.create({ name: "Cases", source: { kind: "text", text: table(40) } })).id;
  });
  beforeEach(() => {
    trainer.automatic = true;
    trainer.answer = "red";
    trainer.mostRank = undefined;
    trainer.back();
  });
  afterAll(async () => {
    await queue.stop();
    await Promise.all([database.close(), trainer.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const asked = (more: object = {}) => ({
    trainerId,
    source: { kind: "training-set" as const, id: setId },
    base: "tiny",
    method: "lora" as const,
    settings: { contextTokens: 128 },
    name: "Colours",
    samplePrompts: ["case 1"],
    ...more,
  });
  const start = (more: object = {}) => api.fineTuning.start(asked(more) as never);
  const done = async (begun: { readonly id: string; readonly jobId: string }) => {
    expect(await jobWhen(database, begun.jobId)).toMatchObject({ status: "success", errorMessage: null });
    return api.fineTuning.get({ id: begun.id });
  };
  const failed = async (begun: { readonly id: string; readonly jobId: string }) => {
    expect(await jobWhen(database, begun.jobId)).toMatchObject({ status: "failure" });
    return api.fineTuning.get({ id: begun.id });
  };
  const remoteOf = ({ id }: { readonly id: string }) => trainer.begun(id);

  it("a trainer is connected by a token that it knows, and told apart from other servers", async () => {
    expect(await api.fineTuning.trainers()).toMatchObject([
      { name: "GPU machine", problem: null, capabilities: { methods: ["lora", "full"] } },
    ]);
    expect(await api.fineTuning.bases({ id: trainerId })).toMatchObject([{ name: "tiny", layers: 4 }]);
    await expect(api.fineTuning.connect({ name: "X", address: trainer.address, token: "wrong" })).rejects.toMatchObject(
      { details: { fields: { token: expect.stringContaining("token") } } },
    );
    await expect(
      api.fineTuning.connect({ name: "X", address: "http://127.0.0.1:9", token: "t" }),
    ).rejects.toMatchObject({ details: { fields: { address: expect.stringContaining("does not answer") } } });
    trainer.protocol = 99;
    await expect(api.fineTuning.connect({ name: "X", address: trainer.address, token: trainer.token })).rejects.toThrow(
      /another protocol/,
    );
    expect((await api.fineTuning.trainers())[0]?.problem).toMatch(/another protocol/);
    trainer.protocol = 1;
  });

  it("the trainer of these tests speaks as the real one", () =>
    holdsTheContract({ address: trainer.address, token: trainer.token, base: "tiny", words: ["cat", "dog", "red"] }));

  it("rows become a version with its lineage, which is made again by one call", async () => {
    const first = await done(await start());
    expect(first).toMatchObject({
      status: "done",
      step: 5,
      totalSteps: 5,
      error: null,
      record: { trainedParameters: 100 },
    });
    expect(first.record.curve.points.map(({ loss }) => loss)).toEqual([2, 1, 2 / 3, 0.5, 0.4]);
    expect(first.record.evaluations).toEqual([{ step: 5, loss: 0.25 }]);
    expect(first.record.samples).toEqual([{ step: 5, prompt: 0, text: "red" }]);
    expect(first.result?.artifacts.every(({ fileId }) => fileId !== null)).toBe(true);
    const version = await api.tunedModel.version({ id: first.versionId ?? "" });
    expect(version).toMatchObject({
      base: "tiny",
      method: "lora",
      stage: "draft",
      data: { hash: first.dataHash, tuningId: first.id },
      parameters: { seed: 1, rank: 16 },
    });
    const again = await done(await api.fineTuning.again({ id: first.id }));
    expect(again).toMatchObject({ parentId: first.id, dataHash: first.dataHash });
    const hash = (view: typeof first) => view.result?.artifacts.find(({ name }) => name.endsWith(".safetensors"))?.hash;
    expect(hash(again)).toBe(hash(first));
    expect(await api.fineTuning.compare({ ids: [again.id, first.id] })).toMatchObject([
      { id: again.id },
      { id: first.id },
    ]);
    // Rows that two trainings share stay while one of them does.
    await api.fineTuning.remove({ id: again.id });
    expect((await api.fineTuning.get({ id: first.id })).status).toBe("done");
    expect((await done(await api.fineTuning.again({ id: first.id }))).status).toBe("done");
  });

  it("the check shows rows as the trainer sees them and stops what is hopeless", async () => {
    const { check } = api.fineTuning;
    const { name: _, samplePrompts: __, ...question } = asked();
    const told = await check(question as never);
    expect(told.stops).toEqual([]);
    expect(told.preview.rows[0]?.tokens.learnt.at(-1)).toBe(true);
    expect(told.trainRows + told.heldOutRows).toBe(40);
    const same = await api.trainingSet.create({ name: "Same", source: { kind: "text", text: table(40, () => "red") } });
    expect((await check({ ...question, source: { kind: "training-set", id: same.id } } as never)).stops).toContain(
      "findings",
    );
    await expect(start({ source: { kind: "training-set", id: same.id } })).rejects.toMatchObject({
      details: { reason: "rows-refused" },
    });
    await expect(start({ method: "qlora" })).rejects.toThrow(/method-not-offered/);
    await expect(start({ settings: { contextTokens: 4_096 } })).rejects.toThrow(/context-too-long/);
    await expect(
      start({ settings: { contextTokens: 128, earlyStoppingPatience: 2 }, heldOutShare: 0 }),
    ).rejects.toThrow(/held-out rows/);
    await expect(start({ settings: { learningRate: 50 } })).rejects.toThrow();
  });

  it("personal data is masked before it leaves", async () => {
    const text = [
      "text,label",
      ...Array.from({ length: 30 }, (_, row) => `write to ann${row}@example.com now,${row % 2 ? "red" : "blue"}`),
    ].join("\n");
    const set = await api.trainingSet.create({ name: "Mail", source: { kind: "text", text } });
    const source = { kind: "training-set", id: set.id };
    await done(await start({ source }));
    expect(JSON.stringify(trainer.submitted.at(-1))).not.toContain("@example.com");
    const view = await done(await start({ source, mask: false }));
    expect(JSON.stringify(trainer.submitted.at(-1))).toContain("@example.com");
    expect(view.request.masked).toBe(0);
  });

  it("a dataset of corrections is learnt from its columns", async () => {
    const made = await api.dataset.create({
      name: "Corrections",
      columns: [
        { name: "question", role: "input", kind: "text" },
        { name: "correction", role: "expected", kind: "text" },
      ],
    } as never);
    const rows = Array.from({ length: 10 }, (_, row) => ({
      inputs: { question: `how ${row}` },
      expected: { correction: `so ${row}` },
    }));
    await api.dataset.addRows({ id: made.id, rows } as never);
    await done(
      await start({
        source: { kind: "dataset", id: made.id, prompt: "question", answer: "correction" },
        heldOutShare: 0,
      }),
    );
    expect(trainer.submitted.at(-1)?.rows.train[3]).toEqual({ prompt: "how 3", answer: "so 3" });
    await expect(
      start({ source: { kind: "dataset", id: made.id, prompt: "question", answer: "gone" } }),
    ).rejects.toThrow(/no column "gone"/);
  });

  it("goes on where it was when the trainer was away, and asks for no second job", async () => {
    trainer.automatic = false;
    const begun = await start();
    const remote = await remoteOf(begun);
    trainer.tell(remote, { type: "progress", step: 1, totalSteps: 2, loss: 1 });
    trainer.away();
    trainer.tell(remote, { type: "progress", step: 2, totalSteps: 2, loss: 0.5 });
    trainer.finish(remote);
    trainer.back();
    const view = await done(begun);
    expect(view.record.curve.points.map(({ step, loss }) => [step, loss])).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
    expect(trainer.jobs.filter(({ key }) => key === begun.id)).toHaveLength(1);
  });

  it("says what the trainer failed by, and goes on after it", async () => {
    trainer.automatic = false;
    const begun = await start();
    const remote = await remoteOf(begun);
    trainer.tell(remote, { type: "warning", code: "batch-halved", text: "Memory does not hold 4 rows at a time." });
    trainer.fail(remote, "disk-full", "The disk of the trainer is full.");
    expect(await failed(begun)).toMatchObject({
      status: "failed",
      error: { code: "disk-full", message: expect.stringContaining("full") },
      record: { lines: [{}, { level: "warning", code: "batch-halved" }] },
    });
    const resumed = await api.fineTuning.resume({ id: begun.id });
    trainer.tell(remote, { type: "progress", step: 1, totalSteps: 1, loss: 1 });
    trainer.finish(remote);
    expect(await done(resumed)).toMatchObject({ status: "done", error: null });
    await expect(api.fineTuning.resume({ id: begun.id })).rejects.toThrow(/failed/);
  });

  it("cancelling ends it on the trainer too", async () => {
    trainer.automatic = false;
    const begun = await start();
    const remote = await remoteOf(begun);
    await expect(api.fineTuning.remove({ id: begun.id })).rejects.toMatchObject({ details: { reason: "in-use" } });
    await jobWhen(database, begun.jobId, ({ status }) => status === "running");
    await api.job.cancel({ id: begun.jobId });
    expect(await jobWhen(database, begun.jobId)).toMatchObject({ status: "cancelled" });
    expect(remote.state).toBe("cancelled");
    expect((await api.fineTuning.get({ id: begun.id })).status).toBe("cancelled");
    await api.fineTuning.remove({ id: begun.id });
  });

  it.each([
    ["a pickle", [{ name: "adapter_model.bin", bytes: Buffer.from([0x80, 4, 0x2e]) }], "pickle"],
    [
      "a pickle that calls itself safetensors",
      [{ name: "adapter_model.safetensors", bytes: Buffer.from([0x80, 4, 0x2e]) }],
      "pickle",
    ],
    ["an adapter for another base", adapterFiles("llama-70b", "other"), "other-base"],
    ["a name that leads elsewhere", [{ name: "../../etc/x.json", bytes: Buffer.from("{}") }], "trainer-untrue"],
    ["nothing", [], "trainer-untrue"],
  ])("refuses %s", async (_, files, code) => {
    trainer.automatic = false;
    const begun = await start();
    trainer.finish(await remoteOf(begun), files);
    const view = await failed(begun);
    expect(view).toMatchObject({ versionId: null, error: { code } });
  });

  it("counts what a trainer says that makes no sense, and believes none of it", async () => {
    trainer.automatic = false;
    const begun = await start();
    const remote = await remoteOf(begun);
    trainer.tell(remote, { type: "progress", step: -5, totalSteps: "many", loss: "low" });
    trainer.tell(remote, { type: "dance" });
    trainer.tell(remote, { type: "progress", step: 7, totalSteps: 3, loss: null, learningRate: 5e-2 });
    trainer.finish(remote);
    const view = await done(begun);
    expect(view.record).toMatchObject({ unread: 2, step: 7, totalSteps: 3 });
    expect(view.record.curve.points[0]?.loss).toBeNull();
  });

  it("is served by the trainer under a name that a step calls, and taken off again", async () => {
    const view = await done(await start({ name: "Served" }));
    const [one] = await api.fineTuning.trainers();
    const endpointId = one?.endpointId ?? "";
    const report = await api.fineTuning.deploy({ id: view.id, endpointId, servedName: "colours" });
    expect(report).toMatchObject({
      deployed: true,
      servedAs: "trainer/colours",
      question: "case 1",
      replicas: [{ loaded: true, answer: "red", problem: null }],
    });
    expect(trainer.loaded.get("colours")).toBe(view.remoteId);
    const model = await api.tunedModel.get({ id: view.tunedModelId });
    const service = registryService(database, owner.workspaceId);
    expect(await service.chatModel?.(`${model.slug}@1`)).toBe("trainer/colours");
    // Another training under the same name is refused.
    const other = await done(await start({ name: "Other" }));
    const taken = await api.fineTuning.deploy({ id: other.id, endpointId, servedName: "colours" });
    expect(taken).toMatchObject({
      deployed: false,
      replicas: [{ loaded: false, problem: expect.stringContaining("already been loaded") }],
    });
    expect(trainer.loaded.get("colours")).toBe(view.remoteId);
    await api.tunedModel.setStage({ id: view.versionId ?? "", stage: "production" });
    await expect(api.fineTuning.undeploy({ id: view.id })).rejects.toThrow(/production/);
    await api.tunedModel.setStage({ id: view.versionId ?? "", stage: "archived" });
    await api.fineTuning.undeploy({ id: view.id });
    expect(trainer.loaded.size).toBe(0);
  });

  it("a server that cannot hold the adapter says which option it lacks, and no server keeps it alone", async () => {
    const view = await done(await start({ name: "Two servers" }));
    const second = await startFakeTrainer();
    try {
      await api.endpoint.create({
        name: "vLLM",
        slug: "vllm",
        apiKey: trainer.token,
        replicas: [{ baseUrl: trainer.address }, { baseUrl: second.address }],
        models: [],
      } as never);
      const endpoint = await database.prisma.modelEndpoint.findFirstOrThrow({
        where: { workspaceId: owner.workspaceId, slug: "vllm" },
      });
      const deploy = () => api.fineTuning.deploy({ id: view.id, endpointId: endpoint.id, servedName: "pair" });
      second.mostRank = 8;
      const refused = await deploy();
      expect(refused.deployed).toBe(false);
      expect(refused.replicas.find(({ problem }) => problem !== null)?.problem).toContain("--max-lora-rank 16");
      expect([trainer.loaded.has("pair"), second.loaded.has("pair")]).toEqual([false, false]);
      second.mostRank = undefined;
      second.answer = " ";
      expect((await deploy()).replicas.map(({ problem }) => problem)).toContain(
        "It loaded the adapter, and answers with nothing.",
      );
      expect(trainer.loaded.has("pair")).toBe(false);
      second.answer = "blue";
      expect(await deploy()).toMatchObject({ deployed: true, servedAs: "vllm/pair" });
      expect(second.loaded.get("pair")).toBe(view.result?.folder);
      const full = await done(await start({ method: "full", name: "Full" }));
      await expect(api.fineTuning.deploy({ id: full.id, endpointId: endpoint.id, servedName: "full" })).rejects.toThrow(
        /low-rank adapters/,
      );
    } finally {
      await second.close();
    }
  });
});
