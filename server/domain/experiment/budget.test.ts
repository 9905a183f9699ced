import { expect, it } from "vitest";
import { Budget } from "./budget";

it("knows what each takes apart from those beside it", () => {
  const budget = new Budget(100, 0);
  const [one, other] = [budget.begin(), budget.begin()];
  one.pay(10);
  other.pay(7);
  one.pay(1);
  expect([one.cost, other.cost, budget.spent, budget.underWay]).toEqual([11, 7, 18, 2]);
  one.end(true);
  other.end(true);
  expect(budget.underWay).toBe(0);
});

it("leaves room for those under way, and fills what is left to the last that fits", () => {
  const budget = new Budget(40, 0);
  const first = budget.begin();
  first.pay(10);
  first.end(true);
  const [second, third] = [budget.begin(), budget.begin()];
  expect(budget.hasRoom).toBe(true);
  const fourth = budget.begin();
  expect(budget.hasRoom).toBe(false);
  for (const each of [second, third, fourth]) {
    each.pay(9);
    each.end(true);
  }
  // 37 of 40 are spent, and the dearest took 10.
  expect(budget.hasRoom).toBe(false);
});

it("lets one go alone until that shows what one takes", () => {
  const budget = new Budget(5, 0);
  expect(budget.isBlind).toBe(true);
  budget.begin().end(false);
  expect(budget.isBlind).toBe(true);
  budget.begin().end(true);
  expect(budget.isBlind).toBe(false);
  expect(new Budget(null, 0).isBlind).toBe(false);
});

it("has none left where all was spent before, and no bound where none was set", () => {
  expect(new Budget(50, 50).hasRoom).toBe(false);
  expect(new Budget(0, 0).hasRoom).toBe(true);
  expect(new Budget(null, 1e9).hasRoom).toBe(true);
});

it("charges what nobody knows as the dearest so far, never as nothing, and says where it cannot be kept", () => {
  const budget = new Budget(40, 0);
  const blind = budget.begin();
  blind.pay(null);
  blind.end(true);
  expect(budget.isUnkeepable).toBe(true);
  const known = budget.begin();
  known.pay(15);
  known.end(true);
  expect(budget.isUnkeepable).toBe(false);
  const unknown = budget.begin();
  unknown.pay(null);
  unknown.end(true);
  expect([unknown.cost, budget.spent, budget.hasRoom]).toEqual([15, 30, false]);
  const unbound = new Budget(null, 0);
  const free = unbound.begin();
  free.pay(null);
  free.end(true);
  expect([free.cost, unbound.isUnkeepable, unbound.hasRoom]).toEqual([0, false, true]);
});
