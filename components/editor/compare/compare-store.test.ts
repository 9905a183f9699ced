import { expect, it } from "vitest";
import { compareLimits } from "./compare-limits";
import { cellKey, createCompareStore } from "./compare-store";

const cases = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    id: `c${from + index}`,
    values: { text: String(from + index) },
    expected: "",
  }));

it("holds so many cases and no more, and says how many found room", () => {
  const store = createCompareStore(cases(compareLimits.cases - 1));
  expect(store.getState().addCases(cases(3, 100))).toBe(1);
  expect(store.getState().addCases(cases(3, 200))).toBe(0);
  expect(store.getState().cases).toHaveLength(compareLimits.cases);
  expect(createCompareStore(cases(compareLimits.cases + 1)).getState().cases).toHaveLength(compareLimits.cases);
});

it("forgets the answers of a case with it, and what was wrong with it once it is changed", () => {
  const store = createCompareStore(cases(2));
  const { setCell, removeCase, changeCase } = store.getState();
  setCell(cellKey("base", "c0"), { made: "x" });
  setCell(cellKey("base", "c1"), { made: "y" });
  store.setState({ faults: { c1: { text: { fault: "required" } } } });
  removeCase("c0");
  expect([...store.getState().cells.keys()]).toEqual([cellKey("base", "c1")]);
  changeCase("c1", { text: "new" });
  store.getState().changeExpected("c1", "right");
  expect(store.getState()).toMatchObject({
    faults: {},
    cases: [{ id: "c1", values: { text: "new" }, expected: "right" }],
  });
});
