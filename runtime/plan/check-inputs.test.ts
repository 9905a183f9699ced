import { expect, test } from "vitest";
import type { InputField } from "@/runtime/node/define-node";
import { checkInputs, inputLimits } from "./check-inputs";

const input = (name: string, kind: InputField["kind"], more: Partial<InputField> = {}): InputField => ({
  name,
  title: name,
  kind,
  required: true,
  ...more,
});
const fields = [
  input("text", "text", { maxLength: 5 }),
  input("number", "number", { minimum: 1, maximum: 9, required: false }),
  input("choice", "choice", { options: ["a", "b"], default: "b", required: false }),
  input("json", "json", { required: false }),
];
const problems = (inputs: unknown, of = fields) => {
  const checked = checkInputs(of, inputs);
  return checked.ok ? checked.value : checked.error.map(({ field, code }) => `${field} ${code}`);
};

test("gives values and defaults, and leaves out what is optional and not given", () => {
  expect(problems({ text: "hello", json: null })).toEqual({ text: "hello", choice: "b" });
  expect(problems({ text: "hello", number: 0 + 9, choice: "a", json: [{ x: 1 }] })).toEqual({
    text: "hello",
    number: 9,
    choice: "a",
    json: [{ x: 1 }],
  });
});

test("what it gives passes again unchanged", () => {
  const once = checkInputs(fields, { text: "hi" });
  expect(once.ok && checkInputs(fields, once.value)).toEqual(once);
});

test.each([
  [{}, ["text missing"]],
  [{ text: "  " }, ["text missing"]],
  [{ text: "123456" }, ["text too-long"]],
  [{ text: [1] }, ["text wrong-type"]],
  [{ text: "x", number: "12345678901234567890" }, ["number wrong-type"]],
  [{ text: "x", number: "1" }, ["number wrong-type"]],
  [{ text: "x", number: Number.NaN }, ["number wrong-type"]],
  [{ text: "x", number: 0 }, ["number below-minimum"]],
  [{ text: "x", number: 10 }, ["number above-maximum"]],
  [{ text: "x", choice: "c" }, ["choice not-an-option"]],
  [{ text: "x", choice: 1 }, ["choice not-an-option"]],
  [{ text: "x", choice: ["a"] }, ["choice wrong-type"]],
  [{ text: "x", json: () => 1 }, ["json wrong-type"]],
  [{ text: "x", graph: {} }, ["graph unknown-field"]],
  [{ number: 0, more: 1 }, ["text missing", "number below-minimum", "more unknown-field"]],
])("refuses %j", (inputs, expected) => {
  expect(problems(inputs)).toEqual(expected);
});

test("takes a number and a yes or no for the text that they are written as", () => {
  const fields: InputField[] = [{ name: "text", title: "T", kind: "text", required: true }];
  expect(checkInputs(fields, { text: 12.5 })).toEqual({ ok: true, value: { text: "12.5" } });
  expect(checkInputs(fields, { text: true })).toEqual({ ok: true, value: { text: "true" } });
});

test.each([[null], [undefined], ["text"], [[]], [7]])("refuses %j in place of an object", (inputs) => {
  expect(problems(inputs)).toEqual([" not-an-object"]);
});

test("bounds a text that sets no limit of its own", () => {
  const open = [input("text", "text")];
  expect(problems({ text: "x".repeat(inputLimits.textLength) }, open)).toHaveProperty("text");
  expect(problems({ text: "x".repeat(inputLimits.textLength + 1) }, open)).toEqual(["text too-long"]);
});

test("bounds JSON in bytes and in depth", () => {
  expect(problems({ text: "x", json: "x".repeat(inputLimits.jsonBytes - 2) })).toHaveProperty("json");
  expect(problems({ text: "x", json: "x".repeat(inputLimits.jsonBytes) })).toEqual(["json too-large"]);
  let deep: unknown = 1;
  for (let level = 0; level < 50_000; level++) deep = { deep };
  expect(problems({ text: "x", json: deep })).toEqual(["json too-deep"]);
});

test("names the fields there are when one is unknown, and stops counting somewhere", () => {
  const checked = checkInputs(
    fields,
    Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1])),
  );
  expect(checked.ok ? [] : checked.error).toHaveLength(50);
  expect(checked.ok ? "" : checked.error[1]?.message).toBe(
    'There is no field "f0". The fields are: text, number, choice, json.',
  );
});

test("a field called like a member of every object is missing until it is given", () => {
  const odd = [input("constructor", "text"), input("__proto__", "text", { required: false })];
  expect(problems({}, odd)).toEqual(["constructor missing"]);
  const given = checkInputs(odd, JSON.parse('{"constructor":"a","__proto__":"b"}'));
  expect(given.ok && Object.entries(given.value)).toEqual([
    ["constructor", "a"],
    ["__proto__", "b"],
  ]);
});

const file = { fileId: "file_0123456789abcdef", name: "photo.jpg", mediaType: "image/jpeg", size: 100 };
const fileFields = [
  input("photo", "image", { maxBytes: 1000, required: false }),
  input("voice", "audio", { required: false }),
  input("paper", "file", { accept: [".pdf", "text/*"], required: false }),
];

test("gives a file's reference as it is", () => {
  const voice = { ...file, mediaType: "audio/wav", name: "v.wav" };
  expect(problems({ photo: file, voice }, fileFields)).toEqual({ photo: file, voice });
});

test.each([
  [{ photo: "file_0123456789abcdef" }, ["photo wrong-type"]],
  [{ photo: { ...file, url: "http://x" } }, ["photo wrong-type"]],
  [{ photo: { ...file, fileId: "../../etc" } }, ["photo wrong-type"]],
  [{ photo: { fileId: file.fileId } }, ["photo wrong-type"]],
  [{ photo: { ...file, size: 1001 } }, ["photo file-too-large"]],
  [{ photo: { ...file, mediaType: "image/svg+xml" } }, ["photo file-type"]],
  [{ voice: file }, ["voice file-type"]],
  [{ paper: file }, ["paper file-type"]],
])("refuses %j in place of a file that fits", (inputs, expected) => {
  expect(problems(inputs, fileFields)).toEqual(expected);
});
