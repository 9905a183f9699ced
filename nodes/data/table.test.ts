import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { tableLimits } from "../lib/table/read-table";
import { dataTable } from "./table";

describeNode(dataTable, "nodes/data/table.ts");

const run = async (rows: unknown, config: object = {}) =>
  (await dataTable.run({ config: dataTable.config.parse(config), inputs: { rows }, ctx: nodeContext() })) as {
    text: string;
    rows: Record<string, unknown>[];
    count: number;
  };

describe("reading a table", () => {
  it.each([
    ["quotes", 'a,b\n"x, ""y""\nz",2', [{ a: 'x, "y"\nz', b: 2 }]],
    ["semicolons", "a;b\n1,5;2", [{ a: "1,5", b: 2 }]],
    ["tabs", "a\tb\r\n1\t2\r\n", [{ a: 1, b: 2 }]],
    ["a mark at the beginning, and blank lines", "\ufeffa,b\n\n1,2\n\n", [{ a: 1, b: 2 }]],
    ["names that are missing or taken", "a,,a\n1,2,3", [{ a: 1, B: 2, "a (2)": 3 }]],
    ["short lines", "a,b\n1", [{ a: 1, b: "" }]],
    [
      "what only looks like a number",
      "a,b,c,d\n007,1e5,6222020200112345678,1.50",
      [{ a: "007", b: "1e5", c: "6222020200112345678", d: "1.50" }],
    ],
    ["a name that every object has", "__proto__,constructor\n1,2", [JSON.parse('{"__proto__":1,"constructor":2}')]],
    ["JSON in a text", ' [{"a":1}]', [{ a: 1 }]],
    ["fenced JSON among words", 'Sure:\n```json\n[{"a":1},{"a":2}]\n```', [{ a: 1 }, { a: 2 }]],
    ["JSON lines", '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ["long numbers in JSON", '[{"id":6222020200112345678}]', [{ id: "6222020200112345678" }]],
    [
      "a Markdown table among words",
      "Here:\n\n| version | price |\n|---|---|\n| 1.10 | 1.50 |\n| 1.9 | 2.5 |\n\nDone.",
      [
        { version: "1.10", price: "1.50" },
        { version: "1.9", price: "2.5" },
      ],
    ],
    ["a note of the separator", "sep=;\na;b\n1;2", [{ a: 1, b: 2 }]],
    [
      "bars",
      "a|b\n1|2\n3|4",
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    ],
    [
      "columns of which one cell is no number",
      "a,b\n1,2\n+3,4",
      [
        { a: "1", b: 2 },
        { a: "+3", b: 4 },
      ],
    ],
    ["one record", { a: 1 }, [{ a: 1 }]],
    ["nothing", "", []],
    ["an empty list", [], []],
  ])("knows %s", async (_, rows, expected) => {
    expect((await run(rows)).rows).toEqual(expected);
  });

  it.each([
    ["quotes that do not close", 'a,b\n"x,2', /opens in line 2 is never closed/],
    ["more cells than the header", "a,b\n1,2,3", "Row 1 has 3 cells, the header only 2."],
    ["an entry that is no record", [{ a: 1 }, 2], "Row 2 is no record: 2."],
    ["rows beyond the bound", Array(tableLimits.rows + 1).fill({}), "There are more than 10,000 rows."],
    ["lines beyond the bound", `a\n${"1\n".repeat(tableLimits.rows + 1)}`, "There are more than 10,000 rows."],
    ["columns beyond the bound", `${"a,".repeat(tableLimits.columns)}a`, /more than 200 columns/],
    ["a text beyond the bound", "x".repeat(tableLimits.characters + 1), /4,000,000 characters/],
    ["JSON that is broken", '[{"a":1', /./],
  ])("refuses %s", async (_, rows, message) => {
    await expect(run(rows)).rejects.toMatchObject({ code: "value-invalid", message: expect.stringMatching(message) });
  });

  it.each(["markdown", "csv", "json"])("writes no %s that is longer than a value may be", async (format) => {
    // One long text that stands in every row is one text in memory, and would be ten thousand in the table.
    const rows = Array(tableLimits.rows).fill({ a: "x".repeat(1_000) });
    await expect(run(rows, { format })).rejects.toMatchObject({ code: "value-too-large" });
  });

  it("takes exactly as many rows as it says", async () => {
    expect((await run(`a\n${"1\n".repeat(tableLimits.rows)}`)).count).toBe(tableLimits.rows);
  });

  it("reads back the CSV that it wrote", async () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !/^[=+\-@\t\r]|^\s*$/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 8 }), async (rows) => {
        const { text } = await run(rows, { format: "csv", numbers: false });
        const asRead = JSON.parse(JSON.stringify(rows).replace(/\\r\\n|\\r/g, "\\n")) as unknown;
        expect((await run(text, { numbers: false, separator: "comma" })).rows).toEqual(asRead);
      }),
    );
  });
});

it("leaves out title rows, joins two rows of names, and takes rows without names, as it is told", async () => {
  const text = "Sales 2024,,\n,2022,2023\nRegion,Units,Units\nNorth,1,2";
  expect((await run(text, { titleRows: 1, headerRows: 2 })).rows).toEqual([
    { Region: "North", "2022 Units": 1, "2023 Units": 2 },
  ]);
  expect((await run("1,2\n3,4", { headerRows: 0 })).rows).toEqual([
    { A: 1, B: 2 },
    { A: 3, B: 4 },
  ]);
});

describe("working on a table", () => {
  const rows = [
    { name: "b", price: 2, day: "2024-02-01" },
    { name: "a", price: 0.1, day: "2024-01-01" },
    { name: "b", price: 0.2, day: null },
    { name: "", price: "", day: "2023-05-05" },
  ];

  it("reckons totals over what is filled in", async () => {
    const aggregates = [
      { function: "count" },
      { function: "count", column: "price", name: "prices" },
      { function: "sum", column: "price", name: "sum" },
      { function: "mean", column: "price", name: "mean" },
      { function: "min", column: "day", name: "first" },
      { function: "max", column: "day", name: "last" },
    ];
    expect((await run(rows, { aggregates })).rows).toEqual([
      { count: 4, prices: 3, sum: 2.3, mean: 0.766666666666667, first: "2023-05-05", last: "2024-02-01" },
    ]);
    expect((await run([], { aggregates: [{ function: "sum", column: "price", name: "sum" }] })).rows).toEqual([
      { sum: 0 },
    ]);
    expect(
      (await run([{ a: 0.1 }, { a: 0.2 }], { aggregates: [{ function: "sum", column: "a", name: "s" }] })).rows,
    ).toEqual([{ s: 0.3 }]);
  });

  it("sorts numbers as numbers, Chinese by pinyin, blanks last, and otherwise keeps the order", async () => {
    const sorted = async (values: unknown[], direction = "ascending") =>
      (
        await run(
          values.map((v, i) => ({ v, i })),
          { sort: [{ column: "v", direction }] },
        )
      ).rows.map(({ v }) => v);
    expect(await sorted(["10", 9, "", "b", "a"])).toEqual([9, "10", "a", "b", ""]);
    expect(await sorted(["张", "李", "王"])).toEqual(["李", "王", "张"]);
    expect(await sorted([1, 3, 2], "descending")).toEqual([3, 2, 1]);
    const stable = await run(
      [
        { k: 1, v: "x" },
        { k: 0, v: "y" },
        { k: 1, v: "z" },
      ],
      { sort: [{ column: "k" }] },
    );
    expect(stable.rows.map(({ v }) => v)).toEqual(["y", "x", "z"]);
  });

  it("filters by every condition, picks columns, and stops at the limit", async () => {
    const config = {
      filters: [
        { column: "name", operator: "equals", value: "B" },
        { column: "price", operator: "less", value: "1" },
      ],
      columns: ["price", "name"],
      limit: 5,
    };
    expect(await run(rows, config)).toEqual({
      rows: [{ price: 0.2, name: "b" }],
      count: 1,
      text: "| price | name |\n| --- | --- |\n| 0.2 | b |",
    });
    expect((await run(rows, { limit: 2 })).count).toBe(2);
  });

  it("escapes what its formats give a meaning", async () => {
    const cells = [
      { a: "x|y\n\\", b: { c: 1 } },
      { a: "=1+1", b: -1 },
    ];
    expect((await run(cells)).text.split("\n").slice(2)).toEqual(['| x\\|y<br>\\\\ | {"c":1} |', "| =1+1 | -1 |"]);
    expect((await run(cells, { format: "csv" })).text).toBe(`a,b\r\n"x|y\n\\","{""c"":1}"\r\n'=1+1,-1`);
    for (const sign of ["=", "+", "-", "@", "\t"]) {
      expect((await run([{ a: `${sign}x` }], { format: "csv" })).text).toContain(`'${sign}x`);
    }
  });

  it.each([
    [
      { filters: [{ column: "nmae", operator: "empty" }] },
      'There is no column "nmae". The rows have: name, price, day.',
    ],
    [
      { sort: [{ column: "price" }], aggregates: [{ function: "count" }] },
      'There is no column "price". The rows have: count.',
    ],
    [{ aggregates: [{ function: "sum", column: "name" }] }, '"b" in the column "name" is no number.'],
    [{ filters: [{ column: "name", operator: "greater", value: "1" }] }, 'Row 1, column "name": b is not a number.'],
  ])("fails on %j", async (config, message) => {
    await expect(run(rows, config)).rejects.toMatchObject({ code: "value-invalid", message });
  });

  it.each([
    { filters: [{ column: "", operator: "empty" }] },
    { filters: [{ column: "a", operator: "matches", value: "(" }] },
    { aggregates: [{ function: "sum" }] },
    { groupBy: ["a"], aggregates: [{ function: "count", name: "a" }] },
    { limit: 0 },
    { limit: tableLimits.rows + 1 },
  ])("refuses %j", (config) => {
    expect(dataTable.config.safeParse(config).success).toBe(false);
  });
});
