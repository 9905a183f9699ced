import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Prisma } from "@/generated/prisma/client";
import { emptyDocument } from "@/runtime/graph/document";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { loadRows } from "./row-file";

let database: Database;
let folder: string;
let owner: Member;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-sets-"));
  database = await openTestDatabase();
  useFileStorage(database, localStorage(folder));
  owner = await addMember(database, "owner");
  api = callerOf(database, owner);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const upload = async (bytes: Uint8Array, name = "rows.csv") =>
  (await storeFile(database, { workspaceId: owner.workspaceId, name, bytes })).fileId;
const rowsOf = async (id: string) => {
  const { fileId } = await database.prisma.trainingSet.findUniqueOrThrow({ where: { id } });
  return loadRows(database, owner.workspaceId, fileId);
};
const table =
  "text,label,part\nwhere is it,delivery,train\nso late,delivery,test\ncharged twice,billing,train\n,billing,train\n";

it("a table is looked at before it is taken, and nothing is stored for that", async () => {
  const preview = await api.trainingSet.preview({ source: { kind: "text", text: table } });
  expect(preview).toMatchObject({
    taken: { format: "csv", options: { separator: ",", headerRows: 1 } },
    columns: ["text", "label", "part"],
    rowCount: 4,
    mapping: { text: "text", label: "label", split: null },
  });
  expect(await database.prisma.trainingSet.count()).toBe(0);
});

it("rows are taken by the columns chosen, checked, and counted where left out", async () => {
  const set = await api.trainingSet.create({
    name: "First",
    source: { kind: "file", fileId: await upload(Buffer.from(table)) },
    mapping: { text: "text", label: "label", split: "part" },
  });
  expect(set).toMatchObject({ rowCount: 3, labelCount: 2, leftOut: [{ reason: "no-text", count: 1, rows: [4] }] });
  expect(set.labels).toContainEqual({ label: "delivery", train: 1, test: 1 });
  expect(set.findings.map(({ kind }) => kind)).toContain("label-with-one-example");
  expect(await rowsOf(set.id)).toContainEqual({ text: "so late", label: "delivery", split: "test" });
  expect((await api.trainingSet.list({})).items[0]).toMatchObject({ id: set.id, name: "First", errors: 1 });
});

it("the same rows have the same hash, whatever the file they came in", async () => {
  const make = (text: string) => api.trainingSet.create({ name: "Same", source: { kind: "text", text } });
  const [comma, tab, lines] = await Promise.all([
    make("text,label\na b,x\nc d,y"),
    make("label\ttext\r\nx\ta b\r\ny\tc d\r\n"),
    make('{"label":"x","text":"a b"}\n{"label":"y","text":"c d"}'),
  ]);
  expect(new Set([comma, tab, lines].map(({ contentHash }) => contentHash)).size).toBe(1);
});

it.each([
  ["GBK", Buffer.from("cec4b1be2cb1eac7a90ab0fcb9fcb5bdc4c4c1cb2cceefc1f70a", "hex"), "包裹到哪了"],
  ["UTF-16 with a mark", Buffer.from("\uFEFF文本,标签\n包裹到哪了,物流\n", "utf16le"), "包裹到哪了"],
])("a file in %s is read", async (_, bytes, text) => {
  const set = await api.trainingSet.create({ name: "Old", source: { kind: "file", fileId: await upload(bytes) } });
  expect(set.sample[0]).toMatchObject({ text });
});

it.each([
  [{ kind: "text" as const, text: 'text,label\n"a,b' }, "quotation mark"],
  [{ kind: "text" as const, text: "text,label\n,x" }, "No row has both"],
  [{ kind: "file" as const, fileId: "file_0000000000000000" }, "no longer stored"],
])("%j is refused with what to do", async (source, said) => {
  await expect(api.trainingSet.create({ name: "Bad", source })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining(said),
  });
});

it("a file that is no text, and a column that is not there, are refused", async () => {
  const source = { kind: "file" as const, fileId: await upload(Buffer.from([0x89, 0x50, 0, 0, 1, 2]), "x.bin") };
  await expect(api.trainingSet.preview({ source })).rejects.toMatchObject({ details: { reason: "rows-refused" } });
  await expect(
    api.trainingSet.create({
      name: "Bad",
      source: { kind: "text", text: table },
      mapping: { text: "text", label: "no" },
    }),
  ).rejects.toMatchObject({ details: { reason: "rows-refused" }, message: expect.stringContaining('"no"') });
  await expect(
    api.trainingSet.create({ name: "Bad", source: { kind: "text", text: "x".repeat(2_000_001) } }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("cleaning writes a new file and keeps what was left out before", async () => {
  const set = await api.trainingSet.create({
    name: "Doubles",
    source: { kind: "text", text: "text,label\na b c,x\nA b c,x\nd e f,y\n,y" },
  });
  const cleaned = await api.trainingSet.clean({ id: set.id, cleaning: "drop-duplicates" });
  expect(cleaned).toMatchObject({ dropped: 1, rowCount: 2, leftOut: set.leftOut });
  expect(cleaned.contentHash).not.toBe(set.contentHash);
  expect(await rowsOf(set.id)).toEqual([
    { text: "a b c", label: "x" },
    { text: "d e f", label: "y" },
  ]);
});

it("rows come from what runs were given and gave; runs that failed or gave no text are left out", async () => {
  const pipeline = await api.pipeline.create({ name: "Router" });
  const place = { workspaceId: owner.workspaceId, pipelineId: pipeline.id };
  const revision = await database.prisma.revision.create({
    data: { ...place, number: 1, graphHash: "hash", document: { ...emptyDocument } as Prisma.InputJsonValue },
  });
  const run = async (id: string, inputs: object, outputs: object, outcome: "success" | "failure" = "success") => {
    const stamp = { runId: id, at: 0 };
    const events = [
      { ...stamp, seq: 0, type: "run-start", graphHash: "hash", inputs },
      { ...stamp, seq: 1, type: "run-end", outcome, outputs },
    ];
    await database.prisma.run.create({
      data: {
        ...place,
        id,
        revisionId: revision.id,
        trigger: "api",
        status: outcome,
        startedAt: new Date(),
        events: {
          create: { firstSeq: 0, lastSeq: 1, workspaceId: owner.workspaceId, events: JSON.stringify(events) },
        },
      },
    });
  };
  await run("run-a", { message: "where is it", n: 1 }, { label: "delivery", answer: { x: 1 } });
  await run("run-b", { message: "charged twice", n: 2 }, { label: "billing", answer: { x: 1 } });
  await run("run-c", { message: "failed" }, {}, "failure");
  await run("run-d", { message: "no label" }, { label: { nested: true } });
  expect(await api.trainingSet.runFields({ pipelineId: pipeline.id })).toEqual({
    runs: 3,
    inputs: ["message"],
    outputs: ["label"],
  });
  const source = { kind: "runs" as const, pipelineId: pipeline.id, input: "message", output: "label" };
  const set = await api.trainingSet.create({ name: "Runs", source });
  expect((await rowsOf(set.id)).map(({ text, label }) => `${text}: ${label}`).sort()).toEqual([
    "charged twice: billing",
    "where is it: delivery",
  ]);
  expect(set.leftOut).toMatchObject([{ reason: "no-label", count: 1 }]);
});

it("a set goes, and a foreign one is not found", async () => {
  const set = await api.trainingSet.create({ name: "Gone", source: { kind: "text", text: table } });
  await api.trainingSet.remove({ id: set.id });
  await expect(api.trainingSet.get({ id: set.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
