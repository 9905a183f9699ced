import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GridLimits } from "./grid";
import { readTextTable } from "./read-text-table";
import type { TableOptions } from "./table-options";
import { chooseTable } from "./table-reading";

const limits: GridLimits = { rows: 200_000, columns: 200, cellLength: 1_000_000 };
const read = (text: string, options: TableOptions = {}, bounds = limits) => {
  const reading = readTextTable(text, options, bounds);
  if (!reading.ok) return { error: reading.error, columns: [], rows: [], warnings: [] };
  const chosen = chooseTable(reading.value.grids, options);
  const { columns = [], rows = [], ...table } = chosen?.table ?? {};
  const { format, separator, warnings } = reading.value;
  return {
    format,
    separator,
    warnings,
    ...table,
    columns,
    rows: rows.map(({ cells }) => cells),
    choices: chosen?.choices,
  };
};
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

describe("the separator", () => {
  it.each([
    ["Excel's own note of it", fixture("sep.csv"), ";", ["name", "price", "note"]],
    ["a note of a tab", "sep=\t\na\tb\n1\t2", "\t", ["a", "b"]],
    ["bars", "name|price|note\nLamp|12|desk\nChair|40|oak", "|", ["name", "price", "note"]],
    ["decimal commas beside semicolons", "x;y\n1,5;2,5\n3,5;4,5", ";", ["x", "y"]],
    ["grouped digits beside tabs", "a\tb\tc\n1\t1,234,567\tx", "\t", ["a", "b", "c"]],
    ["commas in a quoted cell", 'Field1;Field2;"Field,3,3,3"\na;b;c\nd;e;f', ";", ["Field1", "Field2", "Field,3,3,3"]],
    [
      "commas in the names",
      "SKU (a, b);Name (100, or less);Desc (x, y)\n1;n;d\n2;m;e",
      ";",
      ["SKU (a, b)", "Name (100, or less)", "Desc (x, y)"],
    ],
    ["line breaks in quoted cells", 'a;b;c\n1;2;"x\ny,z\nw,1,2"\n3;4;5', ";", ["a", "b", "c"]],
    ["sentences in one column", "text\nHello, world\nHow are you\nFine, thanks, you?", "none", ["text"]],
    ["one column of numbers", "id\n1\n2\n3", "none", ["id"]],
  ])("is found for %s", (_, text, separator, columns) => {
    expect(read(text)).toMatchObject({ separator, columns, warnings: [] });
  });

  it("is the one that was chosen", () => {
    expect(read("a,b;c\n1,2;3", { separator: ";" })).toMatchObject({ columns: ["a,b", "c"] });
    expect(read('{"a":1}|x\n1|2', { separator: "|", headerRows: 0 }).rows).toEqual([
      ['{"a":1}', "x"],
      ["1", "2"],
    ]);
  });
});

describe("the names of columns", () => {
  it.each([
    ["years", "Region,2022,2023\nNorth,10,12\nSouth,8,9", 1],
    ["months", "Product,Jan,Feb\nLamp,1,2\nChair,2,3", 1],
    ["days", "Item,2024-01,2024-02\nLamp,1,2\nChair,3,4", 1],
    ["plain names over texts", "问题,答案\n运费是多少？,免费\n怎么退货？,三十天内", 1],
    ["names of programs", "intent_name,utterance_text\na,hello there my friend\nb,bye", 1],
    ["two rows with gaps", ",2022,,2023,\nRegion,Units,Revenue,Units,Revenue\nNorth,1,10,2,20", 2],
    ["none over records", "Lamp,12\nChair,40", 0],
    ["none over labelled sentences", "I lost my card,card_lost\nWhere is it,delivery\nMy card is gone,card_lost", 0],
    ["none over numbers", "1,2\n3,4", 0],
    ["none over an accounting export", "101300;010114;00;A.N.;733480,00\n106110;010114;00;A.N.;73348,16", 0],
  ])("%s", (_, text, headerRows) => {
    expect(read(text)).toMatchObject({ headerRows });
  });

  it("join the names of groups to those below", () => {
    expect(read("Region;2022;;2023;\n;Units;Revenue;Units;Revenue\nNorth;1;10;2;20").columns).toEqual([
      "Region",
      "2022 Units",
      "2022 Revenue",
      "2023 Units",
      "2023 Revenue",
    ]);
  });

  it("are as many rows as was chosen, unique, and never empty", () => {
    expect(read("a,b\n1,2", { headerRows: 0 })).toMatchObject({
      columns: ["A", "B"],
      rows: [
        ["a", "b"],
        ["1", "2"],
      ],
    });
    expect(read("x,x,\n3,4,5").columns).toEqual(["x", "x (2)", "C"]);
  });
});

it.each([
  ["a line and a blank one", "Export from SAP\n\nMaterial,Plant,Stock\nA1,1000,5\nA2,1000,6", "Export from SAP"],
  [
    "a line filled up with separators",
    "Sales report May 2024;;\n;;\nProduct;Units;Revenue\nLamp;4;48",
    "Sales report May 2024",
  ],
  [
    "facts about the export",
    "Report:,Stock,,\nDate:,2024-05-01,,\nMaterial,Plant,Stock,Unit\nA1,1000,5,kg",
    "Report: Stock\nDate: 2024-05-01",
  ],
])("takes %s above the header for its title", (_, text, title) => {
  expect(read(text)).toMatchObject({ title, headerRows: 1 });
});

it.each([
  ["ids that are written as formulas", 'id,zip\n="00123",="04109"\n', ["id", "zip"], [["00123", "04109"]]],
  ["other formulas as they stand", 'id,sum\n1,=A1&"x"\n', ["id", "sum"], [["1", '=A1&"x"']]],
  [
    "JSON rows under their names",
    '[["a","b"],[1,2],[3,null]]',
    ["a", "b"],
    [
      ["1", "2"],
      ["3", ""],
    ],
  ],
  [
    "JSON rows without names",
    "[[1,2],[3,4]]",
    ["A", "B"],
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["brackets that are no JSON", "[[a]],b\n1,2", ["[[a]]", "b"], [["1", "2"]]],
])("reads %s", (_, text, columns, rows) => {
  const table = read(text);
  expect(table.columns).toEqual(columns);
  expect(table.rows).toEqual(rows);
});

describe("blanks around quotes", () => {
  it.each([
    [
      "commas",
      'id, name, note\n1, "A", "x, y"\n2, "B" , "z"\n',
      [
        ["1", "A", "x, y"],
        ["2", "B", "z"],
      ],
    ],
    [
      "semicolons",
      'id; name\n1; "a; b"\n2; "c"\n',
      [
        ["1", "a; b"],
        ["2", "c"],
      ],
    ],
    [
      "bars",
      'id | name\n1 | "a | b"\n2 | "c"\n',
      [
        ["1 ", "a | b"],
        ["2 ", "c"],
      ],
    ],
    [
      "doubled quotes inside",
      'id, say\n1, "he said, ""hi"""\n2, "ok"\n',
      [
        ["1", 'he said, "hi"'],
        ["2", "ok"],
      ],
    ],
  ])("are those of the one who typed: %s", (_, text, rows) => {
    const table = read(text);
    expect(table.rows).toEqual(rows);
    expect(table.warnings).toEqual([]);
  });

  it.each([
    [
      "a text that ends in a blank",
      'id,note\n1,"yes, "\n2,"no"\n',
      [
        ["1", "yes, "],
        ["2", "no"],
      ],
    ],
    [
      "a quote within a text",
      'id,note\n1,say "hi" now\n2,b\n',
      [
        ["1", 'say "hi" now'],
        ["2", "b"],
      ],
    ],
  ])("stay in %s", (_, text, rows) => {
    expect(read(text).rows).toEqual(rows);
  });
});

it("knows a form of labels and values, and reads it otherwise when told to", () => {
  const form = "Invoice,INV-7\nDate,2024-05-01\nTotal,120.50\nCustomer,Müller GmbH";
  expect(read(form)).toMatchObject({
    layout: "pairs",
    columns: ["Invoice", "Date", "Total", "Customer"],
    rows: [["INV-7", "2024-05-01", "120.50", "Müller GmbH"]],
  });
  expect(read(form, { layout: "rows", headerRows: 0 })).toMatchObject({ columns: ["A", "B"] });
  expect(read("What,Value\ndate,2024-03-05\ntime,noon\nprice,12")).toMatchObject({ layout: "rows" });
});

it("finds two tables one below the other, and takes the one that was chosen", () => {
  const two = "Name,Age\nBob,3\nAnn,4\n\nCity,Country,Pop\nParis,France,2\nRome,Italy,3";
  expect(read(two)).toMatchObject({ columns: ["Name", "Age"], choices: [{ rows: 3 }, { rows: 3 }] });
  expect(read(two, { table: 1 })).toMatchObject({ columns: ["City", "Country", "Pop"] });
  expect(read("a,b\n1,2\n\n3,4\n")).toMatchObject({
    rows: [
      ["1", "2"],
      ["3", "4"],
    ],
  });
});

describe("what stays text", () => {
  it("no digit of a long number is lost, in CSV or in JSON lines", () => {
    expect(read(fixture("ds-ids.csv")).rows.map(([id]) => id)).toEqual(["20240315123456789", "20240315123456790"]);
    expect(read('{"card":6222020200112345678}\n{"card":6222020200112345679}').rows).toEqual([
      ["6222020200112345678"],
      ["6222020200112345679"],
    ]);
    expect(read('[{"id":9007199254740993,"n":{"x":12345678901234567890}}]').rows).toEqual([
      ["9007199254740993", '{"x":"12345678901234567890"}'],
    ]);
  });

  it("leading zeros, plus signs and trailing zeros stand as they are written", () => {
    expect(read("v,p,t\n1.10,007,+49301234567").rows).toEqual([["1.10", "007", "+49301234567"]]);
  });
});

describe("other notations", () => {
  it.each([
    ["a fenced JSON list", 'Here it is:\n```json\n[{"a":1},{"a":2}]\n```\nBye', "json"],
    ["a JSON list over lines", '[\n {"a": 1},\n {"a": 2}\n]', "json"],
    ["a list in an object", '{"data":[{"a":1},{"a":2}],"total":2}', "json"],
    ["JSON lines in a fence", '```\n{"a":1}\n{"a":2}\n```', "jsonl"],
    ["a Markdown table with words around", "Sure:\n\n| a |\n|---|\n| 1 |\n| 2 |\n\nDone", "markdown"],
    ["a fenced Markdown table", "```markdown\n| a |\n|---|\n| 1 |\n| 2 |\n```", "markdown"],
    ["a fenced CSV", "```csv\na\n1\n2\n```", "csv"],
  ])("%s", (_, text, format) => {
    expect(read(text)).toMatchObject({ format, columns: ["a"], rows: [["1"], ["2"]] });
  });

  it("keeps bars in code and behind a backslash within a Markdown cell", () => {
    expect(read("| a | b |\n|:--|--:|\n| `x|y` | p\\|q |").rows).toEqual([["`x|y`", "p|q"]]);
  });

  it("says where JSON breaks", () => {
    expect(read('{"a": 1}\nno')).toMatchObject({ error: "Line 2 is not JSON. Write one object a line." });
    expect(read('[{"a": 1},\n{"a": }]')).toMatchObject({ error: expect.stringMatching(/not valid JSON/) });
    expect(read('{"a":1}\n[2]')).toMatchObject({ error: "Line 2 is not a JSON object." });
  });
});

describe("bounds", () => {
  it("keeps so many rows, columns and signs of a cell, and says so", () => {
    const small = { rows: 10, columns: 3, cellLength: 5 };
    expect(read("a,b,c,d\n1,2,3,4", {}, small).warnings).toMatchObject([{ code: "table-cut" }, { code: "table-cut" }]);
    expect(read("a,b\nabcdefgh,2", {}, small).rows).toEqual([["abcde", "2"]]);
    expect(read('{"a":1}\n'.repeat(11), {}, small)).toMatchObject({ error: "The table has more than 10 rows." });
  });

  it("reads a line of 10 MB, 100,000 columns, and quotes in quotes in time", () => {
    const started = performance.now();
    expect(read("x".repeat(10_000_000)).rows[0]?.[0]).toHaveLength(1_000_000);
    expect(read(`${"a,".repeat(100_000)}a\n${"1,".repeat(100_000)}1`).columns).toHaveLength(200);
    expect(read(`a,b\n"${'""'.repeat(500_000)}",1`).rows[0]?.[1]).toBe("1");
    read(`a,b\n${'"x,'.repeat(50_000)}`);
    read(`${"`".repeat(50_000)}|`.repeat(2));
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it("answers any text with rows no wider than the file", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "1", ",", ";", "\n", '"', "|", "2022", "{", "`", "-", "\t", " "), {
          maxLength: 200,
        }),
        (signs) => {
          const { rows } = read(signs.join(""));
          for (const cells of rows) expect(cells.every((cell) => typeof cell === "string")).toBe(true);
        },
      ),
    );
  });
});
