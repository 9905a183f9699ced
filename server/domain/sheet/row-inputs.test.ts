import { describe, expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import { guessMapping } from "./guess-mapping";
import { numberColumns } from "./number-columns";
import { rowInputs } from "./row-inputs";

const field = (name: string, kind: InputField["kind"], more: Partial<InputField> = {}): InputField => ({
  name,
  title: "",
  kind,
  required: true,
  ...more,
});

describe("a row as a run's inputs", () => {
  const fields = [
    field("text", "text", { required: false }),
    field("amount", "number", { required: false }),
    field("tone", "choice", { required: false, options: ["Kind", "Strict"] }),
    field("data", "json", { required: false }),
  ];
  const read = (text: string, amount = "", tone = "", data = "") =>
    rowInputs(fields, [text, amount, tone, data], { text: 0, amount: 1, tone: 2, data: 3 }, {});

  it.each([
    [read(" 1.10 "), { text: " 1.10 " }],
    [read("00491701234567890123"), { text: "00491701234567890123" }],
    [read("", "1.234,50 €"), { amount: 1234.5 }],
    [read("", "12.5 %"), { amount: 0.125 }],
    [read("", "(3)"), { amount: -3 }],
    [read("", "", " kind "), { tone: "Kind" }],
    [read("", "", "", '{"a": [1]}'), { data: { a: [1] } }],
  ])("%j", (given, values) => expect(given).toEqual({ ok: true, value: values }));

  it.each([
    [read("", "n/a"), '"amount" must be a number, not "n/a".'],
    [read("", "12345678901234567890"), "more digits"],
    [read("", "", "rude"), "one of: Kind, Strict"],
    [read("", "", "", "{a}"), "must be JSON"],
  ])("%j", (given, message) => {
    expect(given.ok).toBe(false);
    expect(given.ok ? "" : given.error).toContain(message);
  });

  it("is blank where no cell holds anything, whatever is the same for all rows", () => {
    const both = [field("text", "text"), field("tone", "text")];
    expect(rowInputs(both, ["  "], { text: 0 }, { tone: "kind" })).toEqual({ ok: true, value: "blank" });
    expect(rowInputs(both, ["why"], { text: 0 }, { tone: "kind" })).toEqual({
      ok: true,
      value: { text: "why", tone: "kind" },
    });
  });

  it("names the input that a row leaves out", () => {
    const both = [field("a", "text"), field("b", "text")];
    expect(rowInputs(both, ["x", ""], { a: 0, b: 1 }, {})).toEqual({ ok: false, error: '"b" is required.' });
  });
});

describe("which column feeds which input", () => {
  it("takes names that are the same but for their form", () => {
    const fields = [field("customer_id", "text"), field("q", "text", { title: "问题" })];
    expect(guessMapping(fields, ["问题", "Customer ID", "other"])).toEqual({
      mapping: { customer_id: 1, q: 0 },
      unsure: [],
    });
  });

  it("says where it guessed by less, and takes no column twice", () => {
    const fields = [field("text", "text"), field("ticket_text", "text")];
    expect(guessMapping(fields, ["ticket text", "full text"])).toEqual({
      mapping: { ticket_text: 0, text: 1 },
      unsure: ["text"],
    });
    expect(guessMapping([field("question", "text")], ["Frage"])).toEqual({
      mapping: { question: 0 },
      unsure: ["question"],
    });
    expect(guessMapping([field("notes", "text"), field("b", "text")], ["No", "Noteshelf"]).mapping).toEqual({});
    expect(guessMapping([field("customerName", "text"), field("b", "text")], ["Name", "x"]).mapping).toEqual({
      customerName: 0,
      b: 1,
    });
    expect(guessMapping([field("问题", "text")], ["编号", "客户问题"]).mapping).toEqual({ 问题: 1 });
    expect(guessMapping([field("question", "text")], ["a", "b"])).toEqual({ mapping: {}, unsure: [] });
    expect(guessMapping([field("photo", "image")], ["photo"])).toEqual({ mapping: {}, unsure: [] });
  });
});

it("gives back as numbers only columns in which that changes nothing", () => {
  const rows = [
    ["1", "1.10", "007", "13800138000", "-2.5", "", "1"],
    ["2", "2", "1", "1", "", "", "a"],
  ];
  expect(numberColumns(7, rows)).toEqual([true, false, false, false, true, false, false]);
});
