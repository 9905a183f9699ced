import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { applyAllRetention } from "./keep-retention";
import type { RetentionPolicy } from "./retention.types";

const dayMs = 86_400_000;
const off: RetentionPolicy = {
  keepRunsDays: null,
  keepRunsMegabytes: null,
  keepFilesDays: null,
  keepFilesMegabytes: null,
  keepConversationsDays: null,
};

let database: Database;
let owner: Member;
let revision: { readonly pipelineId: string; readonly revisionId: string };
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.workspace.deleteMany();
  owner = await addMember(database, "owner");
  const { workspaceId } = owner;
  const { id: pipelineId } = await database.prisma.pipeline.create({
    data: { workspaceId, name: "P", document: {}, graphHash: "h" },
  });
  const { id: revisionId } = await database.prisma.revision.create({
    data: { workspaceId, pipelineId, number: 1, graphHash: "h", document: {} },
  });
  revision = { pipelineId, revisionId };
});

const api = () => callerOf(database, owner);
/** Incompressible, as stored sizes count. */
const noise = (bytes: number) => Array.from({ length: Math.ceil(bytes / 36) }, () => randomUUID()).join("");

const addRun = async (daysAgo: number, { status = "success" as "success" | "running", bytes = 1_000 } = {}) => {
  const { workspaceId } = owner;
  const id = randomUUID();
  const startedAt = new Date(Date.now() - daysAgo * dayMs);
  await database.prisma.run.create({ data: { id, workspaceId, ...revision, trigger: "api", status, startedAt } });
  await database.prisma.runEventChunk.create({
    data: { runId: id, firstSeq: 0, lastSeq: 0, workspaceId, events: noise(bytes) },
  });
  return id;
};
const addFile = async (daysAgo: number, content: string) => {
  const { workspaceId } = owner;
  const { fileId } = await storeFile(database, { workspaceId, name: "a.txt", bytes: Buffer.from(content) });
  const createdAt = new Date(Date.now() - daysAgo * dayMs);
  await database.prisma.storedFile.update({ where: { id: fileId }, data: { createdAt, expiresAt: null } });
  return fileId;
};
const left = async () => {
  const runs = await database.prisma.run.findMany({ select: { id: true } });
  const files = await database.prisma.storedFile.findMany({ select: { id: true } });
  return { runs: runs.map(({ id }) => id).sort(), files: files.map(({ id }) => id).sort() };
};

it("is off until somebody turns it on, but for conversations, which are forgotten after 90 days", async () => {
  expect(await api().retention.get()).toEqual({ ...off, keepConversationsDays: 90 });
  await addRun(3_000);
  await addFile(3_000, "old");
  expect(await api().retention.forecast(off)).toEqual({
    runs: { count: 0, bytes: 0, kept: 0 },
    files: { count: 0, bytes: 0, kept: 0 },
    sheets: 0,
    conversations: 0,
  });
  const before = await left();
  await applyAllRetention(database);
  expect(await left()).toEqual(before);
});

it("removes old runs with their events, and says before how much that will be; what is rated, in a dataset, in an experiment or running stays", async () => {
  const { workspaceId } = owner;
  const old = [await addRun(40), await addRun(31)];
  const young = await addRun(29);
  const rated = await addRun(40);
  await database.prisma.runFeedback.create({ data: { runId: rated, workspaceId, rating: "bad" } });
  const taken = await addRun(40);
  const dataset = await database.prisma.dataset.create({ data: { workspaceId, name: "D" } });
  await database.prisma.datasetRow.create({
    data: { workspaceId, datasetId: dataset.id, position: 0, inputs: {}, inputsHash: "h", runId: taken },
  });
  const running = await addRun(40, { status: "running" });
  const policy = { ...off, keepRunsDays: 30 };
  const forecast = await api().retention.forecast(policy);
  expect(forecast.runs).toMatchObject({ count: 2, kept: 2 });
  expect(forecast.runs.bytes).toBeGreaterThan(1_500);
  await api().retention.set(policy);
  await applyAllRetention(database);
  expect((await left()).runs).toEqual([young, rated, taken, running].sort());
  expect(await database.prisma.runEventChunk.count({ where: { runId: { in: old } } })).toBe(0);
  const { items } = await api().audit.list({ query: "clean-up" });
  expect(items).toMatchObject([{ user: null, data: { runs: 2, files: 0 } }]);
});

it("removes the oldest runs beyond a size, and no more than that", async () => {
  const ids = [];
  for (const daysAgo of [1, 2, 3, 4]) ids.push(await addRun(daysAgo, { bytes: 400_000 }));
  await api().retention.set({ ...off, keepRunsMegabytes: 1 });
  await applyAllRetention(database);
  expect((await left()).runs).toEqual(ids.slice(0, 2).sort());
});

it("removes old files that nothing refers to, from the disk too", async () => {
  const { workspaceId } = owner;
  const old = await addFile(100, "old");
  const young = await addFile(1, "young");
  const document = await addFile(100, "document");
  const base = await database.prisma.knowledgeBase.create({ data: { workspaceId, name: "B" } });
  await database.prisma.knowledgeDocument.create({
    data: {
      workspaceId,
      knowledgeBaseId: base.id,
      name: "d",
      mediaType: "text/plain",
      fileId: document,
      contentHash: "h",
      size: 1,
    },
  });
  const sample = await addFile(100, "sample");
  await database.prisma.pipeline.update({
    where: { id: revision.pipelineId },
    data: { sampleInputs: { photo: { fileId: sample } } },
  });
  const policy = { ...off, keepFilesDays: 90 };
  expect((await api().retention.forecast(policy)).files).toMatchObject({ count: 1, bytes: 3, kept: 2 });
  await api().retention.set(policy);
  await applyAllRetention(database);
  expect((await left()).files).toEqual([young, document, sample].sort());
  await expect(api().file.get({ id: old })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("removes sheets of answers with the runs of their days, unless they are under way", async () => {
  const { workspaceId } = owner;
  const addSheet = async (daysAgo: number, status: "success" | "running" = "success") => {
    const job = await database.prisma.job.create({
      data: { workspaceId, kind: "sheet/run", subject: "sheet", input: {}, status },
    });
    const { id } = await database.prisma.sheet.create({
      data: {
        ...revision,
        workspaceId,
        jobId: job.id,
        name: "S",
        columns: [],
        mapping: {},
        rowsTotal: 1,
        createdAt: new Date(Date.now() - daysAgo * dayMs),
        rows: { create: { workspaceId, row: 0, cells: "[]" } },
      },
    });
    return id;
  };
  await addSheet(40);
  const left = [await addSheet(29), await addSheet(40, "running")];
  const policy = { ...off, keepRunsDays: 30 };
  expect(await api().retention.forecast(policy)).toMatchObject({ sheets: 1 });
  await api().retention.set(policy);
  await applyAllRetention(database);
  const kept = await database.prisma.sheet.findMany({ select: { id: true } });
  expect(kept.map(({ id }) => id).sort()).toEqual(left.sort());
  expect(await database.prisma.sheetRow.count()).toBe(2);
});

it("goes through many in batches", async () => {
  const { workspaceId } = owner;
  const startedAt = new Date(Date.now() - 10 * dayMs);
  const data = Array.from({ length: 250 }, () => ({
    id: randomUUID(),
    workspaceId,
    ...revision,
    trigger: "api" as const,
    status: "success" as const,
    startedAt,
  }));
  await database.prisma.run.createMany({ data });
  await api().retention.set({ ...off, keepRunsDays: 1 });
  await applyAllRetention(database);
  expect((await left()).runs).toEqual([]);
});

it("touches no other workspace, and takes no policy without bounds or from an editor", async () => {
  const mine = await addRun(40);
  const stranger = await addMember(database, "owner");
  await callerOf(database, stranger).retention.set({ ...off, keepRunsDays: 1 });
  await applyAllRetention(database);
  expect((await left()).runs).toEqual([mine]);
  for (const keepRunsDays of [0, -1, 1.5, 10_000]) {
    await expect(api().retention.set({ ...off, keepRunsDays })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  const editor = await addMember(database, "editor", owner.workspaceId);
  await expect(callerOf(database, editor).retention.set(off)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
