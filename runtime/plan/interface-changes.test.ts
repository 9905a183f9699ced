import { expect, it } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";
import { breakingChanges } from "./interface-changes";

const field = (name: string, more: Partial<InputField> = {}): InputField => ({
  name,
  title: "",
  kind: "text",
  required: true,
  ...more,
});
const one = (inputFields: readonly InputField[], outputs: Readonly<Record<string, PortKind>> = { answer: "text" }) => ({
  inputFields,
  outputs: Object.entries(outputs).map(([name, kind]) => ({ name, kind })),
});
const base = one([field("q", { maxLength: 100 }), field("tone", { kind: "choice", options: ["dry", "warm"] })]);
const changed = (inputFields: readonly InputField[], outputs?: Readonly<Record<string, PortKind>>) =>
  breakingChanges(base, one(inputFields, outputs)).map(({ code, name, after }) => `${code} ${name} ${after}`.trim());
const [q, tone] = base.inputFields as [InputField, InputField];

it("nothing breaks where callers may send more and are told more", () => {
  expect(breakingChanges(base, base)).toEqual([]);
  expect(
    changed(
      [
        { ...q, maxLength: 200, required: false },
        field("tone", { kind: "text" }),
        field("new", { required: false }),
        field("preset", { default: "x" }),
      ],
      { answer: "text", more: "json" },
    ),
  ).toEqual([]);
});

it.each([
  ["a new required input", [q, tone, field("why")], undefined, ["input-required why text"]],
  ["an input that is gone", [q], undefined, ["input-removed tone"]],
  [
    "an input that has another name",
    [field("question", { maxLength: 100 }), tone],
    undefined,
    ["input-removed q question", "input-required question text"],
  ],
  ["a narrower kind", [{ ...q, kind: "number" as const }, tone], undefined, ["input-kind q number"]],
  [
    "a text that becomes a choice",
    [{ ...q, kind: "choice" as const, options: ["a"] }, tone],
    undefined,
    ["input-kind q choice"],
  ],
  ["a shorter text", [{ ...q, maxLength: 10 }, tone], undefined, ["input-narrowed q maxLength 10"]],
  ["an option that is gone", [q, { ...tone, options: ["dry", "kind"] }], undefined, ["input-narrowed tone"]],
  ["an output that is gone", [q, tone], {}, ["output-removed answer"]],
  ["an output that has another name", [q, tone], { reply: "text" as const }, ["output-removed answer reply"]],
  ["an output of another kind", [q, tone], { answer: "number" as const }, ["output-kind answer number"]],
])("names %s", (_, inputs, outputs, expected) => {
  expect(changed(inputs, outputs)).toEqual(expected);
});

it("an optional input that becomes required, a bound that appears, and files that are no longer taken break callers, too", () => {
  const before = one([field("n", { kind: "number", required: false }), field("f", { kind: "file" })]);
  const after = one([
    field("n", { kind: "number", minimum: 1, maximum: 5 }),
    field("f", { kind: "file", accept: [".pdf"], maxBytes: 10 }),
  ]);
  expect(breakingChanges(before, after).map(({ code, before: was, after: is }) => [code, was, is])).toEqual([
    ["input-required", "", ""],
    ["input-narrowed", "maximum ∞", "maximum 5"],
    ["input-narrowed", "minimum -∞", "minimum 1"],
    ["input-narrowed", "maxBytes ∞", "maxBytes 10"],
    ["input-narrowed", "*", ".pdf"],
  ]);
});

it("what could be anything may be told more closely, not the other way round", () => {
  expect(breakingChanges(one([], { a: "json" }), one([], { a: "text" }))).toEqual([]);
  expect(breakingChanges(one([], { a: "text" }), one([], { a: "json" }))).toHaveLength(1);
});
