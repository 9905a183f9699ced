import { expect, it } from "vitest";
import { extraFieldLimits, extraFields } from "./extra-fields";

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

it.each([
  [{}],
  [{ enable_thinking: false }],
  [{ chat_template_kwargs: { enable_thinking: false }, top_k: 20, stop_token_ids: [1, 2] }],
  [{ a: nested(extraFieldLimits.depth - 1) }],
])("takes %j", (fields) => {
  expect(extraFields.parse(fields)).toEqual(fields);
});

it("drops what would be the prototype of the request", () => {
  expect(extraFields.parse(JSON.parse('{"__proto__": {"model": "other"}, "a": 1}'))).toEqual({ a: 1 });
});

it.each([
  ["the model", { model: "other" }],
  ["the messages", { messages: [] }],
  ["how the answer comes", { stream: false }],
  ["what a stream holds", { stream_options: {} }],
  ["no object", [1]],
  ["nothing", null],
  ["a field without a name", { "": 1 }],
  ["a name without end", { ["x".repeat(101)]: 1 }],
  ["too many fields", Object.fromEntries([...Array(extraFieldLimits.fields + 1).keys()].map((at) => [`f${at}`, 1]))],
  ["too much", { a: "x".repeat(extraFieldLimits.characters) }],
  ["values without end", { a: nested(extraFieldLimits.depth + 1) }],
  ["values deeper than any stack", { a: nested(5_000) }],
])("refuses %s", (_, fields) => {
  expect(extraFields.safeParse(fields).success).toBe(false);
});
