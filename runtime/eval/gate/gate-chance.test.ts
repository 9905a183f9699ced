import { expect, it } from "vitest";
import { jointChance } from "./gate-chance";

it("several checks are several chances to fail", () => {
  expect(jointChance([])).toEqual({ apart: 1, least: 1, most: 1 });
  expect(jointChance([0.8])).toMatchObject({ apart: 0.8, most: 0.8 });
  expect(jointChance([0.8]).least).toBeCloseTo(0.8, 12);
  const { apart, least, most } = jointChance([0.8, 0.9, 0.95]);
  expect(apart).toBeCloseTo(0.684, 12);
  expect(least).toBeCloseTo(0.65, 12);
  expect(most).toBe(0.8);
  expect(jointChance([0.3, 0.3]).least).toBe(0);
});
