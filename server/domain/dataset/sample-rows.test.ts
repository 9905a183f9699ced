import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let api: ReturnType<typeof callerOf>;
let id: string;
beforeAll(async () => {
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
  id = (
    await api.dataset.create({
      name: "Sorted by label",
      columns: [
        { name: "text", role: "input" },
        { name: 'it\'s "the" label', role: "expected" },
      ],
    })
  ).id;
  // Sorted, and most of one label: the first rows would all be alike.
  const labels = [...Array(200).fill("delivery"), ...Array(20).fill("billing"), "fraud", null, 7];
  await api.dataset.addRows({
    id,
    rows: labels.map((label, index) => ({
      inputs: { text: `case ${index}` },
      ...(label !== null && { expected: { 'it\'s "the" label': label } }),
    })),
  });
});
afterAll(() => database.close());

const column = 'it\'s "the" label';
const draw = async (seed: number, limit = 10, by: string | null = column) =>
  (await api.dataset.sample({ id, by, seed, limit })).rows;
const labelsOf = (rows: Awaited<ReturnType<typeof draw>>) => rows.map(({ expected }) => expected[column] ?? null);

describe("a sample of a dataset", () => {
  it("has every label, the rare ones too, before any has many more", async () => {
    const labels = labelsOf(await draw(1));
    expect(labels).toHaveLength(10);
    expect(new Set(labels)).toEqual(new Set(["delivery", "billing", "fraud", null, 7]));
    expect(new Set(labels.slice(0, 5)).size).toBe(5);
  });

  it("is the same for one seed and another for another", async () => {
    const ids = async (seed: number) => (await draw(seed)).map((row) => row.id);
    expect(await ids(1)).toEqual(await ids(1));
    expect(await ids(2)).not.toEqual(await ids(1));
  });

  it("comes from the whole set where no label is named, or none there is", async () => {
    for (const by of [null, "no such column"]) {
      const places = (await draw(3, 30, by)).map(({ inputs }) => Number(String(inputs.text).slice(5)));
      expect(places.filter((place) => place > 100).length).toBeGreaterThan(5);
      expect(places).not.toEqual(places.toSorted((one, other) => one - other));
    }
  });

  it("is as large as was asked for, or as the set is", async () => {
    expect(await draw(1, 1)).toHaveLength(1);
    await expect(draw(1, 101)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const empty = await api.dataset.create({ name: "Empty" });
    expect((await api.dataset.sample({ id: empty.id, by: null, seed: 1, limit: 10 })).rows).toEqual([]);
  });
});
