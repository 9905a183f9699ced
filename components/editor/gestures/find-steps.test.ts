import { expect, test } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { findSteps, mostFound } from "./find-steps";

const names = {
  titleOf: ({ label, id }: { label?: string | undefined; id: string }) => label ?? id,
  typeOf: ({ type }: { type: string }) => type,
};
const inner = buildDocument({
  deep: { type: "prompt/chat", config: { user: `${"x ".repeat(100)}Refund the customer ${"y ".repeat(100)}` } },
});
const document = buildDocument({
  a: { type: "prompt/chat", label: "Refund letter" },
  map: { type: "flow/map", label: "Each", body: inner },
  z: { type: "text/template", config: { template: "nothing", list: ["refund"] } },
});

test("finds by name, by settings, and inside containers, names first", () => {
  const found = findSteps(document, "refund", names);
  expect(found.map(({ title, inside, field }) => [title, inside, field])).toEqual([
    ["Refund letter", [], null],
    ["Each › deep", ["map"], "user"],
    ["z", [], "list"],
  ]);
  expect(found[1]?.excerpt).toMatch(/^….*Refund the customer.*…$/u);
});

test("wants all words, and takes any sign for itself", () => {
  expect(findSteps(document, "customer refund", names).map(({ node }) => node)).toEqual(["deep"]);
  expect(findSteps(document, ".*(", names)).toEqual([]);
});

test("shows the first of many", () => {
  const many = buildDocument(
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`n${index}`, { type: "text/x" }])),
  );
  expect(findSteps(many, "", names)).toHaveLength(mostFound);
});
