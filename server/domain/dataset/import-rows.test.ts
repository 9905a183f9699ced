import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeXlsx } from "@/runtime/testing/make-office";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { divide } from "./split-rows";

let database: Database;
let folder: string;
let api: ReturnType<typeof callerOf>;
let workspaceId: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-datasets-"));
  database = await openTestDatabase();
  useFileStorage(database, localStorage(folder));
  const member = await addMember(database, "owner");
  workspaceId = member.workspaceId;
  api = callerOf(database, member);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const csv = `complaint,department,tags,stars
"Late, again",delivery,plain|short,1
Charged twice,billing,plain,two
,other,,3
It broke,quality,,4`;

describe("importing a table", () => {
  it("proposes what the columns are, takes the rows and says which were left out and why", async () => {
    const source = { kind: "text" as const, text: csv };
    const preview = await api.dataset.preview({ source });
    expect(preview).toMatchObject({ rowCount: 4, columns: ["complaint", "department", "tags", "stars"] });
    expect(preview.mapping.map(({ as }) => as)).toEqual(["input", "expected", "tags", "input"]);
    const mapping = preview.mapping.map((each) =>
      "name" in each && each.name === "stars" ? { ...each, kind: "number" as const } : { ...each },
    );
    const imported = await api.dataset.importRows({ into: { name: "Complaints" }, source, mapping });
    expect(imported).toMatchObject({ rows: 3, leftOut: [{ reason: "not-a-number", count: 1, rows: [2] }] });
    const { rows, total } = await api.dataset.rows({ id: imported.id });
    expect(total).toBe(3);
    expect(rows[0]).toMatchObject({
      inputs: { complaint: "Late, again", stars: 1 },
      expected: { department: "delivery" },
      tags: ["plain", "short"],
      source: "file",
    });
    // More rows into the same dataset; a column that is there as something else is refused.
    const more = {
      into: { id: imported.id },
      source: { kind: "text" as const, text: "complaint,department\nWet box,delivery" },
    };
    await api.dataset.importRows({
      ...more,
      mapping: [
        { as: "input", name: "complaint" },
        { as: "expected", name: "department" },
      ],
    });
    expect((await api.dataset.get({ id: imported.id })).rowCount).toBe(4);
    await expect(
      api.dataset.importRows({
        ...more,
        mapping: [
          { as: "input", name: "complaint" },
          { as: "input", name: "department" },
        ],
      }),
    ).rejects.toThrow(/already, as expected/);
    expect((await api.dataset.rows({ id: imported.id, query: "wet" })).total).toBe(1);
    expect((await api.dataset.rows({ id: imported.id, tag: "plain" })).total).toBe(1);
  });

  it("reads Chinese spreadsheets in GBK and Excel workbooks", async () => {
    const gbk = Buffer.from([0xd7, 0xd3, 0x2c, 0xd2, 0xbb, 0x0a, 0xd7, 0xd6, 0x2c, 0xb6, 0xfe]);
    const { fileId } = await storeFile(database, { workspaceId, name: "old.csv", bytes: gbk });
    expect(await api.dataset.preview({ source: { kind: "file", fileId } })).toMatchObject({
      columns: ["子", "一"],
      sample: [["字", "二"]],
    });
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const sheet = `<row>${cell("question")}${cell("answer")}</row><row>${cell("What?")}${cell("That.")}</row>`;
    const bytes = makeXlsx([{ name: "Cases", rows: sheet }]);
    const book = await storeFile(database, { workspaceId, name: "cases.xlsx", bytes });
    expect(await api.dataset.preview({ source: { kind: "file", fileId: book.fileId } })).toMatchObject({
      columns: ["question", "answer"],
      rowCount: 1,
    });
  });

  const fixture = async (name: string) => {
    const place = name.endsWith(".xlsx") || name === "ds-ids.csv" ? "table" : "text-source";
    const bytes = await readFile(path.join(process.cwd(), "runtime", place, "fixtures", name));
    const { fileId } = await storeFile(database, { workspaceId, name, bytes });
    return { kind: "file" as const, fileId };
  };

  it("reads a European Excel's file and a Japanese one in their own encodings", async () => {
    expect(await api.dataset.preview({ source: await fixture("ds-excel-1252.csv") })).toMatchObject({
      columns: ["question", "expected"],
      sample: [["Wie hoch ist die Gebühr für Müller?", "20 €"], [], []].map((row) =>
        row.length > 0 ? row : expect.anything(),
      ),
      taken: { options: { encoding: "windows-1252", separator: ";", headerRows: 1 }, isEncodingUnsure: false },
    });
    expect(await api.dataset.preview({ source: await fixture("ds-ja-sjis.csv") })).toMatchObject({
      columns: ["質問", "expected"],
      taken: { options: { encoding: "shift_jis" }, isEncodingUnsure: false },
    });
  });

  it("asks for the encoding where several fit, with what the file says in each, and keeps nothing before it is chosen", async () => {
    const bytes = Buffer.from("név;város\nKovács Zoltán;Győr".replace("ő", "õ"), "latin1");
    const { fileId } = await storeFile(database, { workspaceId, name: "hu.csv", bytes });
    const source = { kind: "file" as const, fileId };
    const preview = await api.dataset.preview({ source });
    expect(preview.taken.isEncodingUnsure).toBe(true);
    expect(preview.taken.encodingSamples.map(({ text }) => text).join()).toContain("Győr");
    const into = { name: "Towns" };
    await expect(api.dataset.importRows({ into, source, mapping: [...preview.mapping] })).rejects.toThrow(/in doubt/);
    const options = { encoding: "windows-1250" as const };
    const chosen = await api.dataset.preview({ source, options });
    expect(chosen).toMatchObject({ sample: [["Kovács Zoltán", "Győr"]], taken: { isEncodingUnsure: false } });
    const { id } = await api.dataset.importRows({ into, source, options, mapping: [...chosen.mapping] });
    expect((await api.dataset.rows({ id })).rows[0]?.inputs).toEqual({ név: "Kovács Zoltán", város: "Győr" });
  });

  it("keeps long numbers apart, as texts, from CSV and from JSON lines", async () => {
    const csv = await fixture("ds-ids.csv");
    const preview = await api.dataset.preview({ source: csv });
    const { id } = await api.dataset.importRows({
      into: { name: "Orders" },
      source: csv,
      mapping: [...preview.mapping].map((each) =>
        "name" in each ? { ...each } : { as: "input" as const, name: "order_id", kind: "text" as const },
      ),
    });
    const ids = (await api.dataset.rows({ id })).rows.map(({ inputs }) => inputs.order_id);
    expect(ids.toSorted()).toEqual(["20240315123456789", "20240315123456790"]);
    const lines = { kind: "text" as const, text: '{"card":6222020200112345678}\n{"card":6222020200112345679}' };
    expect(await api.dataset.preview({ source: lines })).toMatchObject({
      sample: [["6222020200112345678"], ["6222020200112345679"]],
      mapping: [{ kind: "text" }],
    });
  });

  it("lets a person say which sheet, where the title ends and which rows name the columns, on a workbook as on CSV", async () => {
    const source = await fixture("groups.xlsx");
    const first = await api.dataset.preview({ source });
    expect(first).toMatchObject({
      columns: ["Region", "2022 Units", "2022 Revenue", "2023 Units", "2023 Revenue"],
      taken: { title: "Sales by region", options: { titleRows: 1, headerRows: 2 } },
    });
    expect(first.taken.choices.map(({ name }) => name)).toEqual(["Sales", "Form", "Two", "Two", "Beside", "Beside"]);
    expect(await api.dataset.preview({ source, options: { table: 2, headerRows: 0 } })).toMatchObject({
      columns: ["A", "B"],
      rowCount: 3,
    });
    const years = await fixture("years.xlsx");
    expect(await api.dataset.preview({ source: years })).toMatchObject({ columns: ["Region", "2022", "2023", "2024"] });
    expect(await api.dataset.preview({ source: years, options: { headerRows: 0 } })).toMatchObject({ rowCount: 3 });
  });

  it("refuses what is no table with the place of the mistake, and leaves nothing behind", async () => {
    const before = (await api.dataset.list({})).items.length;
    const look = (text: string) => api.dataset.preview({ source: { kind: "text", text } });
    await expect(look('a,b\n"open,1')).rejects.toMatchObject({ details: { reason: "rows-refused" } });
    await expect(look("a,b\n1,2,3")).rejects.toThrow(/Row 2 has 3 cells/);
    await expect(look('{"a": 1}\nno')).rejects.toThrow(/Line 2 is not JSON/);
    await expect(
      api.dataset.importRows({
        into: { name: "No" },
        source: { kind: "text", text: "a\nx" },
        mapping: [{ as: "skip" }],
      }),
    ).rejects.toThrow(/No column is an input/);
    expect((await api.dataset.list({})).items.length).toBe(before);
  });
});

describe("rows", () => {
  it("are changed by whoever saw them last, and never over another's change", async () => {
    const { id } = await api.dataset.create({
      name: "By hand",
      columns: [
        { name: "q", role: "input" },
        { name: "a", role: "expected" },
      ],
    });
    const { ids } = await api.dataset.addRows({
      id,
      rows: [{ inputs: { q: "one", gone: 1 } }, { inputs: { q: "two" } }],
    });
    const [row] = (await api.dataset.rows({ id })).rows;
    expect(row).toMatchObject({ id: ids[0], inputs: { q: "one" }, weight: 1, split: null });
    const changed = await api.dataset.updateRow({
      id,
      rowId: row?.id ?? "",
      revision: row?.revision ?? 0,
      expected: { a: "1" },
      tags: ["x"],
    });
    expect(changed).toMatchObject({ expected: { a: "1" }, inputs: { q: "one" } });
    await expect(
      api.dataset.updateRow({ id, rowId: row?.id ?? "", revision: row?.revision ?? 0, expected: { a: "2" } }),
    ).rejects.toMatchObject({ details: { reason: "stale-revision" } });
    await api.dataset.markRows({ id, rowIds: ids, addTags: ["y"], split: "test" });
    expect((await api.dataset.rows({ id, split: "test" })).rows.map(({ tags }) => tags)).toEqual([["x", "y"], ["y"]]);
    await api.dataset.removeRows({ id, rowIds: [ids[1] ?? ""] });
    expect((await api.dataset.get({ id })).rowCount).toBe(1);
    await api.dataset.remove({ id });
    await expect(api.dataset.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("dividing rows", () => {
  it("keeps groups together, gives each part its share of every label, and repeats itself", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 300 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 1e6 }),
        (count, groups, seed) => {
          const rows = Array.from({ length: count }, (_, index) => ({
            id: String(index),
            group: groups > 0 ? String(index % groups) : null,
            expected: { label: index % 2 === 0 ? "a" : "b" },
          }));
          const splits = divide(rows, { validation: 0.1, test: 0.2, seed });
          expect(splits.size).toBe(count);
          expect(divide(rows, { validation: 0.1, test: 0.2, seed })).toEqual(splits);
          const ofGroup = new Map<string, string>();
          for (const { id, group } of rows) {
            if (group === null) continue;
            expect(ofGroup.get(group) ?? splits.get(id)).toBe(splits.get(id));
            ofGroup.set(group, splits.get(id) ?? "");
          }
          if (groups > 0) return;
          for (const label of ["a", "b"]) {
            const own = rows.filter(({ expected }) => expected.label === label);
            const test = own.filter(({ id }) => splits.get(id) === "test").length;
            expect(Math.abs(test - 0.2 * own.length)).toBeLessThanOrEqual(2);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
