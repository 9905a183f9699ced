import { describe, expect, it } from "vitest";
import { readFile } from "@/runtime/testing/read-for-test";

const codes = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code);

describe("a table of comma-separated values", () => {
  it("names the column before each value, so that a row says what it means by itself", async () => {
    const document = await readFile("a.csv", '\ufeff名称,价格,备注\n台灯,12,"好, 便宜"\n"风扇\n大",15,\n');
    expect(document.text.trim()).toBe("名称: 台灯 | 价格: 12 | 备注: 好, 便宜\n名称: 风扇 大 | 价格: 15");
    const [table] = document.tables ?? [];
    expect(table?.columns).toEqual(["名称", "价格", "备注"]);
    expect(table?.rows.map(({ values }) => values)).toEqual([
      ["台灯", "12", "好, 便宜"],
      ["风扇 大", "15", ""],
    ]);
    for (const row of table?.rows ?? []) {
      expect(document.text.slice(row.start, row.end)).toMatch(/^名称: .*\d/);
    }
    expect(document.warnings).toEqual([]);
  });

  it.each([
    ["semicolons", "a;b\nx;1,5\ny;2,5"],
    ["tabs", "a\tb\nx\t1,5\ny\t2,5"],
  ])("finds out that it is parted by %s", async (_, text) => {
    expect((await readFile("a.csv", text)).tables?.[0]?.rows[1]?.values).toEqual(["y", "2,5"]);
  });

  it("counts columns by letters where the first row is a record, and keeps equal names apart", async () => {
    expect((await readFile("a.csv", "1,2\n3,4")).tables?.[0]).toMatchObject({ columns: ["A", "B"], rows: [{}, {}] });
    expect((await readFile("a.csv", "x,x,\n3,4,5")).tables?.[0]?.columns).toEqual(["x", "x (2)", "C"]);
  });

  it("loses only the row whose quotes are broken, not the rows that the quote would swallow", async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `item ${index},"note ${index}"`);
    rows[10] = 'item 10,"note 10';
    const { tables, warnings } = await readFile("a.csv", `name,note\n${rows.join("\n")}\n`);
    expect(tables?.[0]?.rows.map(({ values }) => values)).toEqual(
      Array.from({ length: 50 }, (_, index) => [`item ${index}`, `note ${index}`]),
    );
    expect(warnings).toMatchObject([{ code: "broken-quotes", count: 1, line: 12 }]);
  });

  it("goes on without quotes where they are broken in row after row", async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `item ${index},"note ${index}`);
    const { tables, warnings } = await readFile("a.csv", `name,note\n${rows.join("\n")}\n`);
    expect(tables?.[0]?.rows).toHaveLength(500);
    expect(codes(warnings)).toContain("broken-quotes");
  });

  it("keeps cells beyond the header, and tells of rows that are uneven", async () => {
    const { text, warnings } = await readFile("a.csv", "a,b\n1,2,3\n4\n");
    expect(text.trim()).toBe("a: 1 | b: 2 | C: 3\na: 4");
    expect(warnings).toMatchObject([{ code: "uneven-rows", count: 2, line: 2 }]);
  });

  it("reads 200,000 rows and 500 columns and says what it left out", async () => {
    const many = await readFile("a.csv", `n,w\n${"1,a\n".repeat(200_001)}`);
    expect(many.tables?.[0]?.rows).toHaveLength(200_000);
    expect(codes(many.warnings)).toEqual(["table-cut"]);
    const wide = await readFile("a.csv", `${"h,".repeat(600)}h\n${"1,".repeat(600)}1\n`);
    expect(wide.tables?.[0]?.columns).toHaveLength(500);
    expect(codes(wide.warnings)).toEqual(["table-cut"]);
  });
});
