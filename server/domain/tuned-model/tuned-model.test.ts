import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDocument } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { jobWhen, startTestWorker } from "@/server/platform/job/job-fixture";
import type { JobQueue } from "@/server/platform/job/job-queue";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { classifyTexts } from "./classify-texts";
import { loadHead } from "./load-head";
import { registryService } from "./registry-service";
import { resolveReference } from "./resolve-reference";
import { trainHeadJob } from "./train-job";

const words = {
  billing: "invoice charge card payment",
  delivery: "parcel courier late arrive",
  returns: "refund return broken",
};
const table = (each: number): string => {
  const lines = ["text,label"];
  for (const [label, list] of Object.entries(words)) {
    const known = list.split(" ");
    for (let row = 0; row < each; row += 1) {
      const said = [known[row % known.length], known[(row + 1) % known.length], `case${row}${label[0]}`];
      lines.push(`${said.join(" ")},${label}`);
    }
  }
  return lines.join("\n");
};

describe("registered models", { timeout: 60_000 }, () => {
  let database: Database;
  let server: FakeOpenAiServer;
  let queue: JobQueue;
  let folder: string;
  let owner: Member;
  let api: ReturnType<typeof callerOf>;

  beforeAll(async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
    folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-models-"));
    [server, database] = await Promise.all([startFakeOpenAiServer(), openTestDatabase()]);
    useFileStorage(database, localStorage(folder));
    queue = await startTestWorker(database, [trainHeadJob as never]);
    owner = await addMember(database, "owner");
    api = callerOf(database, owner);
    await api.endpoint.create({
      name: "GPU",
      slug: "gpu",
      replicas: [{ baseUrl: server.baseUrl }],
      models: [
        { ...plain, name: "fake-embedding", chat: false, embedding: true },
        { ...plain, name: "echo", chat: true },
      ],
    });
  });
  afterAll(async () => {
    await queue.stop();
    await Promise.all([database.close(), server.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const plain = {
    chat: false,
    embedding: false,
    jsonSchema: false,
    vision: false,
    moderation: false,
    transcription: false,
    picture: false,
    speech: false,
    rerank: false,
    contextTokens: null,
    inputUsdPerM: null,
    outputUsdPerM: null,
  };
  const train = async (name: string, more: object = {}) => {
    const set = await api.trainingSet.create({ name: "Cases", source: { kind: "text", text: table(40) } });
    const begun = await api.tunedModel.train({
      trainingSetId: set.id,
      name,
      embeddingModel: "gpu/fake-embedding",
      settings: { epochs: 8 },
      ...more,
    } as never);
    const job = await jobWhen(database, begun.jobId);
    expect(job).toMatchObject({ status: "success", errorMessage: null });
    const { versionId } = job.result as { versionId: string };
    return { set, modelId: begun.modelId, versionId };
  };
  const embedOf = (database_: Database) => (request: { model: string; input: readonly string[] }) =>
    workspaceGateway(database_, owner.workspaceId).embed(request, {
      signal: new AbortController().signal,
      onCall: () => {},
    });

  it("a head is trained as a job, registered with its lineage, and classifies", async () => {
    const { set, modelId, versionId } = await train("Intent");
    const version = await api.tunedModel.version({ id: versionId });
    expect(version).toMatchObject({
      number: 1,
      stage: "draft",
      base: "gpu/fake-embedding",
      method: "head",
      data: { hash: set.contentHash, name: "Cases", labels: ["billing", "delivery", "returns"], testRows: 24 },
      parameters: { epochs: 8, lexical: true, testShare: 0.2 },
    });
    expect(version.accuracy?.value).toBeGreaterThan(0.9);
    expect(version.metrics.curve?.length).toBeGreaterThan(0);
    await api.tunedModel.setStage({ id: versionId, stage: "production" });
    const service = registryService(database, owner.workspaceId);
    const call = {
      signal: new AbortController().signal,
      embed: embedOf(database),
      rerank: async () => Promise.reject(new Error("asks for no order")),
    };
    const reply = await service.classify(
      { model: "intent@production", input: ["my parcel courier is late", "refund the broken return"], reasons: true },
      call,
    );
    expect(reply.version).toBe("intent@1");
    expect(reply.results.map(({ label }) => label)).toEqual(["delivery", "returns"]);
    for (const { scores, reasons } of reply.results) {
      expect(Object.values(scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 4);
      // The vectors of the test's server are noise, so how many words spoke for a label is chance; their order is not.
      expect(reasons).toEqual(reasons.toSorted((left, right) => right.weight - left.weight));
    }
    const tried = await api.tunedModel.try({ id: versionId, text: "invoice charge" });
    expect(tried).toMatchObject({ label: "billing", influences: [{ words: "invoice" }, { words: "charge" }] });
    expect((await api.tunedModel.options()).map(({ reference }) => reference)).toContain("intent@production");
    expect((await api.tunedModel.list({})).find(({ id }) => id === modelId)).toMatchObject({
      slug: "intent",
      production: { number: 1 },
    });
  });

  it("a training that is repeated asks the embedding model for nothing that it knows", async () => {
    await train("Once");
    const before = server.requests.length;
    const { modelId } = await train("Twice");
    expect(server.requests.length).toBe(before);
    expect((await api.tunedModel.get({ id: modelId })).versions).toHaveLength(1);
  });

  it("the same job taken up again adds no second version", async () => {
    const { modelId } = await train("Resumed");
    const job = await database.prisma.job.findFirstOrThrow({ where: { subject: `tuned-model:${modelId}` } });
    const again = await trainHeadJob.run({
      input: trainHeadJob.input.parse(job.input),
      database,
      workspaceId: owner.workspaceId,
      userId: owner.userId,
      jobId: job.id,
      signal: new AbortController().signal,
      progress: () => {},
    });
    expect(again).toEqual(job.result);
    expect((await api.tunedModel.get({ id: modelId })).versions).toHaveLength(1);
  });

  it("one version is in production; a roll-back is a change of stage, and each change is written down", async () => {
    const { modelId, versionId: first } = await train("Staged");
    const { versionId: second } = await train("", {
      modelId,
      name: undefined,
      settings: { epochs: 3, lexical: false },
    });
    await api.tunedModel.setStage({ id: first, stage: "production" });
    expect(await api.tunedModel.setStage({ id: second, stage: "production" })).toMatchObject({
      number: 2,
      replaced: 1,
    });
    const stagesNow = async () => (await api.tunedModel.get({ id: modelId })).versions.map(({ stage }) => stage);
    expect(await stagesNow()).toEqual(["production", "archived"]);
    await api.tunedModel.setStage({ id: first, stage: "production" });
    expect(await stagesNow()).toEqual(["archived", "production"]);
    const audit = await database.prisma.auditEntry.findMany({
      where: { subject: `tuned-model:${modelId}`, action: "tuned-model.stage" },
      orderBy: { at: "asc" },
    });
    expect(audit.at(-1)?.data).toEqual({ version: 1, from: "archived", to: "production", replaced: 2 });
    const { comparison } = await api.tunedModel.compare({ leftId: first, rightId: second });
    expect(comparison.shared).toBe(24);
    expect(comparison.before.value).toBeGreaterThan(comparison.after.value - 1);
    expect(comparison.flips.length).toBe(comparison.broken + comparison.mended + comparison.otherwise);

    // Behind each cell of the confusion of labels stand as many texts as it counts.
    const { metrics } = await api.tunedModel.version({ id: second });
    const name = (place: number) => metrics.labels?.[place]?.label ?? "";
    expect(metrics.confusion?.length).toBeGreaterThan(0);
    for (const [actual, predicted, count] of metrics.confusion ?? []) {
      const pair = { actual: name(actual), predicted: name(predicted) };
      const confused = await api.tunedModel.confused({ id: second, ...pair });
      expect(confused).toMatchObject({ total: count, texts: expect.arrayContaining([expect.any(String)]) });
    }
    expect(await api.tunedModel.confused({ id: second, actual: "no such", predicted: "label" })).toEqual({
      total: 0,
      texts: [],
    });
  });

  it("a model in use is not deleted, and says by what; without use it goes with its versions", async () => {
    const { modelId, versionId } = await train("Used");
    const pipeline = await api.pipeline.create({
      name: "Router",
      document: {
        ...emptyDocument,
        nodes: [
          {
            id: "a",
            type: "fine-tuned/classify",
            typeVersion: 1,
            config: { model: { reference: "used@production", labels: ["a"] } },
          },
          { id: "b", type: "fine-tuned/chat", typeVersion: 1, config: { model: "used@1" } },
        ],
      } as never,
    });
    expect(await api.tunedModel.usage({ id: modelId })).toEqual([
      { pipelineId: pipeline.id, name: "Router", published: false, references: ["used@1", "used@production"] },
    ]);
    await expect(api.tunedModel.remove({ id: modelId })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { reason: "in-use" },
      message: expect.stringContaining("Router"),
    });
    await api.pipeline.remove({ id: pipeline.id });
    const files = () =>
      database.prisma.storedFile.count({ where: { name: { in: ["head.bin", "predictions.jsonl"] } } });
    const before = await files();
    await api.tunedModel.remove({ id: modelId });
    expect(await files()).toBe(before - 2);
    await expect(api.tunedModel.version({ id: versionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("a chat model or adapter is registered where an endpoint serves it, and only there", async () => {
    const input = { name: "Tone", base: "Qwen3-8B", method: "lora" as const, notes: "r = 16" };
    await expect(api.tunedModel.register({ ...input, servedAs: "gpu/unknown" })).rejects.toMatchObject({
      details: { fields: { servedAs: expect.any(String) } },
    });
    const { id } = await api.tunedModel.register({ ...input, servedAs: "gpu/echo" });
    await api.tunedModel.setStage({ id, stage: "staging" });
    const service = registryService(database, owner.workspaceId);
    expect(await service.chatModel("tone@staging")).toBe("gpu/echo");
    expect(await service.chatModel("tone@1")).toBe("gpu/echo");
    for (const unknown of ["tone@production", "tone@2", "nobody@1", "tone", "tone@1@2"])
      await expect(service.chatModel(unknown)).rejects.toMatchObject({ code: "registry-unknown" });
  });

  it("refuses to answer when the base model is gone or gives other vectors", async () => {
    await train("Base");
    const version = await resolveReference(database, owner.workspaceId, "base@1");
    const head = await loadHead(database, version);
    const reply =
      (length: number) =>
      async ({ input }: { input: readonly string[] }) => ({
        vectors: input.map(() => Array<number>(length).fill(0.1)),
        usage: null,
        costMicroUsd: null,
      });
    await expect(classifyTexts(head, version, ["x"], reply(head.dimensions + 1), false)).rejects.toMatchObject({
      code: "model-protocol",
      message: expect.stringContaining("it is another model"),
    });
    await expect(
      classifyTexts(head, { ...version, base: "gpu/gone" }, ["x"], embedOf(database), false),
    ).rejects.toMatchObject({ code: "model-unknown", message: expect.stringContaining("gpu/gone") });
  });

  it("does not begin with rows that cannot be learnt from, or a model that embeds nothing", async () => {
    const set = await api.trainingSet.create({
      name: "Bad",
      source: { kind: "text", text: "text,label\none,a\ntwo,a\nthree,b" },
    });
    expect(set.findings[0]).toMatchObject({ kind: "label-with-one-example", severity: "error", count: 1 });
    await expect(api.tunedModel.train({ trainingSetId: set.id, name: "Bad", settings: {} })).rejects.toMatchObject({
      details: { fields: { trainingSetId: expect.any(String) } },
    });
    const fine = await api.trainingSet.create({ name: "Fine", source: { kind: "text", text: table(4) } });
    await expect(
      api.tunedModel.train({ trainingSetId: fine.id, name: "Bad", embeddingModel: "gpu/echo", settings: {} }),
    ).rejects.toMatchObject({ details: { fields: { embeddingModel: expect.any(String) } } });
  });

  it("a head stays usable when its endpoint gets another short name", async () => {
    const { versionId } = await train("Renamed");
    const endpoint = (await api.endpoint.list()).find(({ slug }) => slug === "gpu");
    await api.endpoint.update({ id: endpoint?.id ?? "", slug: "gpu-two" });
    expect(await api.tunedModel.version({ id: versionId })).toMatchObject({ base: "gpu-two/fake-embedding" });
    expect(await api.tunedModel.try({ id: versionId, text: "invoice charge" })).toMatchObject({ label: "billing" });
    await api.endpoint.update({ id: endpoint?.id ?? "", slug: "gpu" });
  });
});
