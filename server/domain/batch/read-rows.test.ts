import { describe, expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import { batchLimits } from "./batch.types";
import { readJsonLines, readTableRows } from "./read-rows";

const fields: readonly InputField[] = [
  { name: "q", title: "Question", kind: "text", required: true, maxLength: 20 },
  { name: "n", title: "Number", kind: "number", required: false },
];
const errorOf = (read: ReturnType<typeof readJsonLines>) => (read.ok ? "none" : read.error);

describe("JSON lines", () => {
  it("are inputs, or inputs with a name, behind a mark of the byte order, with any ends of lines and blank lines", () => {
    const read = readJsonLines(
      '\uFEFF{"q":"a"}\r\n\r\n{"custom_id":"x","inputs":{"q":"b","n":2}}\n  \n{"custom_id":7,"inputs":{"q":"c"}}',
      fields,
    );
    expect(read).toEqual({
      ok: true,
      value: {
        ignored: [],
        rows: [
          { customId: null, inputs: { q: "a" }, problem: null },
          { customId: "x", inputs: { q: "b", n: 2 }, problem: null },
          { customId: "7", inputs: { q: "c" }, problem: null },
        ],
      },
    });
  });
  it("say of each row what is wrong with it, and run the others", () => {
    const read = readJsonLines(
      '{"q":"a"}\n{"q":"x","z":1}\n{}\n{"q":"too long for the field that it is for"}\n{"q":"a","n":"many"}',
      fields,
    );
    expect(read.ok && read.value.rows.map(({ problem }) => problem !== null)).toEqual([false, true, true, true, true]);
  });
  it.each([
    ["", "no rows"],
    ["\n \n", "no rows"],
    ["not json", "Line 1 is not JSON"],
    ['{"q":"a"}\n[1]', "Line 2 is not a JSON object"],
    ['{"q":"a"}\nnull', "Line 2 is not a JSON object"],
    ['{"inputs":{"q":"a"},"method":"POST"}', '"method" beside "inputs"'],
    // Another server for batches hung for ever on these.
    [
      '{"custom_id":"x","inputs":{"q":"a"}}\n{"custom_id":"x","inputs":{"q":"b"}}',
      "Rows 1 and 2 have the same custom_id",
    ],
    [`{"q":"${"x".repeat(batchLimits.rowBytes)}"}`, "longer than"],
    ["{}\n".repeat(batchLimits.rows + 1), "at most"],
  ])("refuse %.40j", (text, words) => {
    expect(errorOf(readJsonLines(text, fields))).toContain(words);
  });
  it("run two rows that ask the same, each by itself", () => {
    const read = readJsonLines('{"q":"a"}\n{"q":"a"}', fields);
    expect(read.ok && read.value.rows).toHaveLength(2);
  });
});

describe("tables", () => {
  it("feed inputs by the names of their columns, and say which they leave out", () => {
    const read = readTableRows(
      ["Q", "custom_id", "Note", "n"],
      [
        ["a", "x", "-", "1,5"],
        ["", "", "", ""],
        ["b", "y", "", "many"],
      ],
      fields,
    );
    expect(read).toMatchObject({ ok: true, value: { ignored: ["Note"] } });
    expect(read.ok && read.value.rows.map(({ customId, problem }) => [customId, problem !== null])).toEqual([
      ["x", false],
      [null, true],
      ["y", true],
    ]);
  });
  it("refuse a table of which no column is an input, and name both", () => {
    const read = readTableRows(["frage"], [["a"]], fields);
    expect(!read.ok && read.error).toContain('the inputs are "q", "n", the columns "frage"');
  });
});
