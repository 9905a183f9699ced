import { expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import { expectedColumn, inputsOfRow, mapColumns, remembered } from "./dataset-inputs";

const field = (name: string): InputField => ({ name, title: name, kind: "text", required: true });
const input = (name: string) => ({ name, role: "input" as const });
const expected = (name: string) => ({ name, role: "expected" as const });

it("finds columns by name, the very same before one in other case", () => {
  const mapping = mapColumns(
    [field("text"), field("tone")],
    [input("TEXT"), input("text"), input("Tone"), input("id")],
    {},
  );
  expect([...mapping]).toEqual([
    ["text", "text"],
    ["tone", "Tone"],
  ]);
  expect(inputsOfRow({ text: "a", Tone: "b", id: 7 }, mapping)).toEqual({ text: "a", tone: "b" });
});

it("joins the only input and the only column for inputs, and never reads what is expected", () => {
  expect([...mapColumns([field("complaint")], [input("letter"), expected("complaint")], {})]).toEqual([
    ["complaint", "letter"],
  ]);
  expect(mapColumns([field("complaint")], [expected("complaint")], {}).size).toBe(0);
  expect(mapColumns([field("a"), field("b")], [input("c")], {}).size).toBe(0);
});

it("leaves out what a row does not have", () => {
  expect(inputsOfRow({}, new Map([["text", "text"]]))).toEqual({});
});

it("takes the columns that were chosen while they are there, and remembers those of another name", () => {
  const columns = [input("text"), input("letter"), expected("label")];
  const mapping = mapColumns([field("text"), field("tone")], columns, { text: "letter", tone: "gone" });
  expect([...mapping]).toEqual([["text", "letter"]]);
  expect(remembered(mapping)).toEqual({ text: "letter" });
  expect(remembered(mapColumns([field("text")], columns, {}))).toEqual({});
  // Nothing that every object has counts as chosen.
  expect(mapColumns([field("constructor")], columns, {}).size).toBe(0);
});

it("expects what the chosen column says, or the only one", () => {
  const two = [input("text"), expected("label"), expected("tone")];
  expect(expectedColumn(two, "tone")).toBe("tone");
  expect(expectedColumn(two, null)).toBeNull();
  expect(expectedColumn(two, "gone")).toBeNull();
  expect(expectedColumn(two.slice(0, 2), "gone")).toBe("label");
  expect(expectedColumn([input("label")], "label")).toBeNull();
});
