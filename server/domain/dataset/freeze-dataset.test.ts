import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { freezeDataset } from "./freeze-dataset";
import { insertRows } from "./insert-rows";
import { loadVersionRows } from "./load-version-rows";

let database: Database;
let owner: Member;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  api = callerOf(database, owner);
});
afterAll(() => database.close());

const columns = [
  { name: "message", role: "input" as const, kind: "text" as const },
  { name: "label", role: "expected" as const, kind: "text" as const },
];
const made = async (rows: Parameters<typeof insertRows>[3]) => {
  const { id } = await api.dataset.create({ name: "Cases", columns });
  await insertRows(database, owner.workspaceId, id, rows);
  return id;
};

it("a version holds the rows as they were, in order, with the values of the dataset's columns only", async () => {
  const id = await made([
    { inputs: { message: "where is it", other: 1 }, expected: { label: "delivery" }, tags: ["a", "a"], weight: 2 },
    { inputs: { message: "charged twice", label: "no" }, split: "test", group: "g", source: "file" },
  ]);
  const frozen = await freezeDataset(database, owner.workspaceId, id);
  expect(frozen).toMatchObject({ number: 1, columns, rowCount: 2 });
  await insertRows(database, owner.workspaceId, id, [{ inputs: { message: "later" } }]);
  const held = await loadVersionRows(database, owner.workspaceId, frozen.versionId);
  expect(held.columns).toEqual(columns);
  expect(held.rows.map(({ id: _, ...row }) => row)).toEqual([
    {
      inputs: { message: "where is it" },
      expected: { label: "delivery" },
      tags: ["a"],
      weight: 2,
      split: null,
      group: null,
      source: "hand",
    },
    {
      inputs: { message: "charged twice" },
      expected: {},
      tags: [],
      weight: 1,
      split: "test",
      group: "g",
      source: "file",
    },
  ]);
});

it("the same rows make no second version, and other rows make the next one", async () => {
  const id = await made([{ inputs: { message: "one" } }]);
  const first = await freezeDataset(database, owner.workspaceId, id);
  expect(await freezeDataset(database, owner.workspaceId, id)).toEqual(first);
  const [added = ""] = await insertRows(database, owner.workspaceId, id, [{ inputs: { message: "two" } }]);
  expect((await api.dataset.get({ id })).frozen).toBe(false);
  expect(await freezeDataset(database, owner.workspaceId, id)).toMatchObject({ number: 2, rowCount: 2 });
  expect(await api.dataset.get({ id })).toMatchObject({ frozen: true, versions: [{ number: 2, current: true }, {}] });
  await database.prisma.datasetRow.delete({ where: { id: added } });
  await insertRows(database, owner.workspaceId, id, []);
  expect(await api.dataset.saveVersion({ id })).toEqual(first);
});

it("a version that is brought back has its rows with their ids, and what people said of them stays", async () => {
  const id = await made([
    { inputs: { message: "one" }, expected: { label: "a" } },
    { inputs: { message: "two" }, expected: { label: "b" } },
  ]);
  const { versionId, number } = await freezeDataset(database, owner.workspaceId, id);
  const before = (await api.dataset.rows({ id })).rows.map(({ revision: _, ...row }) => row);
  const [first, second] = before.map(({ id: rowId }) => rowId);
  await api.dataset.labelRow({ id, rowId: first ?? "", column: "label", value: "mine" });
  await api.dataset.removeRows({ id, rowIds: [second ?? ""] });
  await insertRows(database, owner.workspaceId, id, [{ inputs: { message: "three" } }]);
  await api.dataset.restoreVersion({ id, versionId });
  expect((await api.dataset.rows({ id })).rows.map(({ revision: _, ...row }) => row)).toEqual(before);
  expect(await api.dataset.diffVersion({ id, versionId })).toEqual({ added: 0, removed: 0, changed: 0 });
  expect(await api.dataset.get({ id })).toMatchObject({
    rowCount: 2,
    frozen: true,
    versions: [{ number, current: true }],
  });
  expect((await api.dataset.agreement({ id, column: "label" })).labellers).toMatchObject([{ labels: 1 }]);
});

it("who freezes at the same time gets the same version, and no file is left over", async () => {
  const id = await made([{ inputs: { message: "at once" } }]);
  const files = await database.prisma.storedFile.count();
  const all = await Promise.all(Array.from({ length: 8 }, () => freezeDataset(database, owner.workspaceId, id)));
  expect(new Set(all.map(({ versionId }) => versionId)).size).toBe(1);
  expect(await database.prisma.datasetVersion.count({ where: { datasetId: id } })).toBe(1);
  expect(await database.prisma.storedFile.count()).toBe(files + 1);
});

it("a dataset without rows is refused, and one of another workspace is not found", async () => {
  const id = await made([]);
  await expect(freezeDataset(database, owner.workspaceId, id)).rejects.toMatchObject({
    message: 'The dataset "Cases" has no rows.',
    details: { reason: "rows-refused" },
  });
  const stranger = await addMember(database, "owner");
  await expect(freezeDataset(database, stranger.workspaceId, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { versionId } = await freezeDataset(database, owner.workspaceId, await made([{ inputs: { message: "x" } }]));
  await expect(loadVersionRows(database, stranger.workspaceId, versionId)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

it("the file of a version cannot be taken away", async () => {
  const { versionId } = await freezeDataset(database, owner.workspaceId, await made([{ inputs: { message: "kept" } }]));
  const { fileId } = await database.prisma.datasetVersion.findUniqueOrThrow({ where: { id: versionId } });
  await expect(api.file.remove({ id: fileId })).rejects.toMatchObject({ details: { reason: "in-use" } });
});

it("rows beyond the bounds are refused and none of them is kept", async () => {
  const id = await made([{ inputs: { message: "one" } }]);
  await database.prisma.$executeRaw`
    INSERT INTO "DatasetRow" ("id", "workspaceId", "datasetId", "position", "inputs", "inputsHash", "updatedAt")
    SELECT 'long-' || n, ${owner.workspaceId}, ${id}, n, jsonb_build_object('message', repeat('x', 90000)), 'hash', now()
    FROM generate_series(1, 745) AS n`;
  await expect(
    insertRows(database, owner.workspaceId, id, [{ inputs: { message: "x".repeat(99_000) } }]),
  ).rejects.toMatchObject({ details: { reason: "limit-reached" }, message: expect.stringContaining("64 MB") });
  await expect(
    insertRows(
      database,
      owner.workspaceId,
      id,
      Array.from({ length: 50_000 }, () => ({})),
    ),
  ).rejects.toMatchObject({ details: { reason: "limit-reached" }, message: expect.stringContaining("50000 rows") });
  expect(await api.dataset.get({ id })).toMatchObject({ rowCount: 1 });
  expect(await database.prisma.datasetRow.count({ where: { datasetId: id } })).toBe(746);
});
