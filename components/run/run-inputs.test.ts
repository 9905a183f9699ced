import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument } from "@/runtime/graph/document";
import type { InputField } from "@/runtime/node/define-node";
import { initialValues, inputFieldsOf, readInputs } from "./run-inputs";

const field = (part: Partial<InputField>): InputField => ({
  name: "f",
  title: "F",
  kind: "text",
  required: true,
  ...part,
});

const photo = { fileId: "file_0123456789abcdef", name: "photo.jpg", mediaType: "image/jpeg", size: 2000 };

describe("readInputs", () => {
  it.each([
    ["nothing", field({ kind: "image" }), "", { fault: "required" }],
    ["what is no file", field({ kind: "image" }), "{}", { fault: "not-a-file" }],
    ["a file of another type", field({ kind: "file", accept: [".pdf"] }), photo, { fault: "file-type", types: ".pdf" }],
    ["one too large", field({ kind: "image", maxBytes: 1024 }), photo, { fault: "file-too-large", most: "1 KB" }],
  ] as const)("refuses %s where a file is wanted", (_, declared, value, fault) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    expect(readInputs([declared], { f: text })).toEqual({ inputs: {}, faults: { f: fault } });
  });

  it("reads a file, as it was put into the form", () => {
    const fields = [field({ kind: "image", accept: ["image/*"], maxBytes: 4000 })];
    expect(readInputs(fields, initialValues(fields, { f: photo }))).toEqual({ inputs: { f: photo }, faults: {} });
    expect(initialValues(fields, { f: "an old text" })).toEqual({ f: "" });
  });

  it.each([
    ["an empty required text", field({}), " ", { fault: "required" }],
    ["a text too long", field({ maxLength: 2 }), "abc", { fault: "too-long", count: 3, most: 2 }],
    ["words for a number", field({ kind: "number" }), "ten", { fault: "not-a-number" }],
    ["digits that a number has not", field({ kind: "number" }), "9007199254740993", { fault: "too-many-digits" }],
    ["a number too small", field({ kind: "number", minimum: 1 }), "0", { fault: "too-small", least: 1 }],
    ["a number too large", field({ kind: "number", maximum: 1 }), "2", { fault: "too-large", most: 1 }],
    ["a choice that is not offered", field({ kind: "choice", options: ["a"] }), "b", { fault: "not-a-choice" }],
    ["broken JSON", field({ kind: "json" }), "{a}", { fault: "not-json" }],
  ] as const)("refuses %s", (_, declared, text, fault) => {
    expect(readInputs([declared], { f: text })).toEqual({ inputs: {}, faults: { f: fault } });
  });

  it("reads each kind", () => {
    const fields = [
      field({ name: "t" }),
      field({ name: "n", kind: "number" }),
      field({ name: "c", kind: "choice", options: ["x"] }),
      field({ name: "j", kind: "json" }),
      field({ name: "o", required: false }),
    ];
    expect(readInputs(fields, { t: " hi ", n: "1.5", c: "x", j: "[1]", o: "" })).toEqual({
      inputs: { t: " hi ", n: 1.5, c: "x", j: [1] },
      faults: {},
    });
  });

  it("does not take what every object has for a value", () => {
    expect(readInputs([field({ name: "constructor", required: false })], {}).inputs).toEqual({});
  });
});

describe("initialValues", () => {
  it("takes the stored value, then the default, then nothing", () => {
    const fields = [field({ name: "a" }), field({ name: "b", kind: "number", default: 3 }), field({ name: "c" })];
    expect(initialValues(fields, { a: "x" })).toEqual({ a: "x", b: "3", c: "" });
  });
});

describe("inputFieldsOf", () => {
  it("collects the fields of input nodes that are not switched off", () => {
    const node = (id: string, disabled: boolean) => ({
      id,
      type: "io/input",
      typeVersion: 1,
      config: { fields: [{ name: id }] },
      disabled,
    });
    const document = { ...emptyDocument, nodes: [node("a", false), node("b", true)] };
    expect(inputFieldsOf(document, catalog).map(({ name }) => name)).toEqual(["a"]);
  });
});
