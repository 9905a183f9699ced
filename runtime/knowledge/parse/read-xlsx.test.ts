import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { makeXlsx } from "@/runtime/testing/make-office";
import { readFile } from "@/runtime/testing/read-for-test";

it("reads each visible sheet as a table under a heading, its cells as they are shown", async () => {
  const strings = ["<t>名称</t>", "<r><t>Since </t></r><r><t>when</t></r><rPh><t>no</t></rPh>", "<t>Share</t>"];
  const header =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>';
  const rows = `${header}
    <row r="3"><c r="A3" t="inlineStr"><is><t>台灯</t></is></c><c r="B3" s="1"><v>45351</v></c><c r="C3" s="2"><v>0.153</v></c></row>
    <row r="4"><c r="A4" t="str"><f>A3&amp;"!"</f><v>台灯!</v></c><c r="C4"><v>0.30000000000000004</v></c></row>
    <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" s="3"><v>45351.5</v></c></row>`;
  const { text, tables, outline, warnings } = await readFile(
    "a.xlsx",
    makeXlsx(
      [
        { name: "价格 &amp; more", rows },
        { name: "Hidden", rows: header, hidden: true },
        { name: "Empty", rows: "" },
      ],
      strings,
    ),
  );
  expect(text.trim()).toBe(
    [
      "价格 & more",
      "",
      "名称: 台灯 | Since when: 2024-02-29 | Share: 15.30%",
      "名称: 台灯! | Share: 0.3",
      "名称: TRUE | Since when: 2024年2月29日 12:00",
    ].join("\n"),
  );
  expect(outline).toEqual([{ kind: "heading", title: "价格 & more", level: 1, start: 0 }]);
  expect(tables?.map(({ name, columns }) => [name, columns])).toEqual([
    ["价格 & more", ["名称", "Since when", "Share"]],
  ]);
  expect(warnings.map(({ code }) => code)).toEqual(["text-unseen"]);
});

it("reads cells without a reference one after the other, and ignores one far out", async () => {
  const rows =
    '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c><v>1</v></c><c r="XFD2"><v>9</v></c></row>';
  expect((await readFile("a.xlsx", makeXlsx([{ name: "S", rows }]))).text.trim()).toBe("S\n\na: 1");
});

it.each([
  ["sheets that are not shown, and comments", "hidden-sheets.xlsx", ["text-unseen", "embedded-left-out"]],
  ["text boxes and charts", "text-box-and-chart.xlsx", ["embedded-left-out"]],
  ["nothing of a plain workbook", "title.xlsx", []],
])("says what of a workbook was left out: %s", async (_, name, codes) => {
  const bytes = readFileSync(new URL(`../../table/fixtures/${name}`, import.meta.url));
  const { warnings } = await readFile(name, bytes);
  expect(warnings.map(({ code }) => code)).toEqual(codes);
});
