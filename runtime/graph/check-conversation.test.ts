import { expect, it } from "vitest";
import { catalog } from "@/nodes";
import { buildDocument } from "@/runtime/testing/build-document";
import { validate } from "./validate";

const problemsOf = (settings: object, more: Parameters<typeof buildDocument>[0] = {}) =>
  validate(
    buildDocument(
      {
        question: { type: "io/input", config: { fields: [{ name: "text" }] } },
        talk: { type: "io/conversation", config: settings as never },
        answer: { type: "io/output" },
        ...more,
      },
      ["talk.transcript > answer.answer"],
    ),
    catalog,
  )
    .filter(({ code }) => code.startsWith("conversation-"))
    .map(({ code, at }) => [code, at?.field]);

it("tells of an input and of a result that are not there", () => {
  expect(problemsOf({ message: "text", answer: "answer" })).toEqual([]);
  expect(problemsOf({ message: "other", answer: "reply" })).toEqual([
    ["conversation-name-unknown", "message"],
    ["conversation-name-unknown", "answer"],
  ]);
});

it("warns where personal data that the pipeline masks is kept", () => {
  const check = { check: { type: "safety/check" } };
  expect(problemsOf({}, check)).toEqual([["conversation-unmasked", "masksPersonalData"]]);
  expect(problemsOf({ masksPersonalData: true }, check)).toEqual([]);
});
