import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainingLimits } from "./limits";
import { parseDelimited } from "./parse-delimited";
import { readTable } from "./read-table";

const rowsOf = (text: string) => {
  const table = readTable(text);
  if (!table.ok) throw new Error(table.error);
  return table.value;
};

describe("reading a table", () => {
  it.each([
    ["commas", "text,label\na,b\n", "csv"],
    ["semicolons", "text;label\na;b", "csv"],
    ["tabs", "text\tlabel\na\tb\r\n", "tsv"],
    ["JSON lines", '{"text":"a","label":"b"}\n\n', "jsonl"],
    ["a byte order mark", "\uFEFFtext,label\r\na,b", "csv"],
    ["a Chinese header", "文本,标签\na,b", "csv"],
  ])("takes %s", (_, text, format) => {
    expect(rowsOf(text)).toMatchObject({ format, rows: [["a", "b"]] });
  });

  it("keeps separators, quotation marks and line breaks inside quotes", () => {
    expect(rowsOf('text,label\n"a, ""b""\nc",d').rows).toEqual([['a, "b"\nc', "d"]]);
  });

  it("names the columns itself where no first row does", () => {
    expect(rowsOf("where is it,delivery\nlate,delivery")).toMatchObject({
      columns: ["column 1", "column 2"],
      rows: [
        ["where is it", "delivery"],
        ["late", "delivery"],
      ],
    });
  });

  it("tells two columns of one name apart", () => {
    expect(rowsOf("text,text\na,b").columns).toEqual(["text", "text (2)"]);
  });

  it("joins the fields of all JSON lines", () => {
    expect(rowsOf('{"text":"a","n":1}\n{"label":"b","o":{"x":null}}')).toMatchObject({
      columns: ["text", "n", "label", "o"],
      rows: [
        ["a", "1", "", ""],
        ["", "", "b", '{"x":null}'],
      ],
    });
  });

  it.each([
    ["", "empty"],
    ["text,label", "no rows"],
    ['text,label\n"a,b\nc,d', "Line 2: a quotation mark is opened"],
    ['text,label\n"a"x,b', "Line 2: text follows"],
    ["text,label\na,b,c", "Row 2 has 3 cells"],
    ['{"a":1}\nnope', "Line 2 is not JSON"],
    ['{"a":1}\n[1]', "Line 2 is not a JSON object"],
    ["[1,2]", "one JSON array"],
    [`text,label\n${Array(trainingLimits.columns + 2).join(",")}`, "more than 200 columns"],
    [`text\n${"a\n".repeat(trainingLimits.rows + 1)}`, "more than 200000 rows"],
  ])("says what is wrong with %j", (text, said) => {
    expect(readTable(text)).toMatchObject({ ok: false, error: expect.stringContaining(said) });
  });

  it("reads back every cell that was written with quotes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");
          expect(parseDelimited(text, ",")).toEqual({ ok: true, value: rows });
        },
      ),
    );
  });
});
