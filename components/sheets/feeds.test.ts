import { expect, it } from "vitest";
import { asStarted, guessedFeeds, unfedOf } from "./feeds";

const input = (name: string, more: object = {}) => ({
  name,
  title: null,
  kind: "text",
  required: true,
  hasDefault: false,
  takesCells: true,
  ...more,
});

it("proposes a column, else what the run panel holds for what must be fed; what is optional is left out", () => {
  const inputs = [input("q"), input("photo", { takesCells: false }), input("tone", { required: false }), input("lost")];
  const panel = { photo: { fileId: "f" }, tone: "kind" };
  const feeds = guessedFeeds({ inputs, mapping: { q: 0 } }, panel);
  expect(feeds).toEqual({ q: 0, photo: "panel", tone: "nothing", lost: "nothing" });
  expect(unfedOf(inputs, feeds, panel)).toEqual(["lost"]);
  expect(asStarted(feeds, panel)).toEqual({ mapping: { q: 0 }, fixed: { photo: { fileId: "f" } } });
});

it("misses what the run panel does not hold, and not what has a default", () => {
  const inputs = [input("a"), input("b", { hasDefault: true })];
  expect(unfedOf(inputs, { a: "panel", b: "nothing" }, {})).toEqual(["a"]);
});
