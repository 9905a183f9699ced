import { describe, expect, it } from "vitest";
import { conditionHolds, conditionProblem } from "./loop-condition";

const list = (length: number) => Array.from({ length }, (_, index) => `k${index}`);

describe("the condition of a loop", () => {
  it.each([
    ["state.score >= 8 || round == 5", { score: 9 }, true],
    ["state.scores.all(score, score >= state.least)", { scores: Array(10_000).fill(7), least: 7 }, true],
    ['state.found.exists(each, each in ["a", "b"])', { found: ["c", "b"] }, true],
    ["state.found.exists(each, each in state.known)", { found: list(100), known: ["x"] }, false],
    ["state.none.exists(each, each == state.nothing)", { none: [] }, false],
    ["size(state.found.filter(each, each > 1)) == 1", { found: [1, 2] }, true],
    ["", {}, false],
  ])("holds or not: %s", (expression, state, expected) => {
    expect(conditionProblem(expression)).toBeNull();
    expect(conditionHolds(expression, state, 1)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['state.text.matches("(a+)+$")', /matches is not allowed here: use contains/],
    ['state.list.all(x, x.matches("(a+)+$"))', /matches is not allowed/],
    ['[state.text].exists(x, x == "a" && x.matches("b"))', /matches is not allowed/],
    ["state.list.all(x, state.list.all(y, x == y))", /all may not stand inside another/],
    ["state.list.map(x, x).filter(x, true).size() == 1", /may not stand inside another/],
    ["state.list.exists(x, [x].map(y, y)[0] == x)", /map may not stand inside another/],
    ["round + 1", /should give true or false/],
    ["round ==", /./],
    ["unknown == 1", /unknown/i],
    [Array(150).fill("round == 1").join(" || "), /./],
    [`${"(".repeat(40)}round == 1${")".repeat(40)}`, /maxDepth/],
    ["cel.bind(m, state.m, state.l.all(x, x in m))", /bind is not allowed/],
    ["cel.bind(a, state.l + state.l, cel.bind(b, a + a, b + b == a))", /bind is not allowed/],
  ])("is refused before it is run where it is wrong or might never end: %s", (expression, message) => {
    expect(conditionProblem(expression)).toMatch(message);
  });

  it.each([
    ["state.l.all(x, x in state.m)", { l: list(20_000), m: list(20_000) }],
    ['state["l"].exists(x, state["m"] == x)', { l: list(20_000), m: "x".repeat(1_000) }],
    ["state.l.map(x, state).size() == 0", { l: list(20_000) }],
    ["(state.l + state.l).all(x, state.m.contains(x))", { l: list(20_000), m: "x".repeat(1_000) }],
    ["state.l.all(x, x in state.m[state.which].of)", { l: list(20_000), m: { a: { of: list(20_000) } }, which: "a" }],
    ["state.l[state.which].all(x, x in state.m)", { l: { a: list(20_000) }, m: list(20_000), which: "a" }],
    ["state.l.all(x, round == state.n[state.m == state.l ? 1 : 0])", { l: list(20_000), m: list(20_000), n: [1, 2] }],
  ])("is not tested where each item is held against too much: %s", (expression, state) => {
    expect(conditionProblem(expression)).toBeNull();
    expect(conditionHolds(expression, state, 0)).toMatchObject({
      ok: false,
      error: expect.stringContaining("too many"),
    });
  });
});
