import { expect, it } from "vitest";
import { unknownSubject } from "./subject-words";

it.each([
  ["季度奖金什么时候发？", "员工食堂十一点半开门，周末休息。"],
  ["会议室里可以充电吗？", "游泳池每天早上七点开放。"],
  ["E31 是什么意思？", "E30：进水阀没有打开。"],
])("%s is not what “%s” speaks of", (question, source) => {
  expect(unknownSubject(question)(source).length).toBeGreaterThan(0);
});

it.each([
  ["报销单交给谁？", "出差回来请在十五天内报销。"],
  ["季度奖金什么时候发？", "奖金在每季度末发放。"],
  ["E30 代表什么故障？", "E30：进水阀没有打开。"],
  // Nothing can be looked for.
  ["可以退吗？", "游泳池每天早上七点开放。"],
  ["为什么？", "游泳池每天早上七点开放。"],
  // Of another language.
  ["季度奖金什么时候发？", "Bonuses are paid at the end of each quarter."],
  ["When is the bonus paid?", "奖金在每季度末发放。"],
  ["When is the bonus paid?", "The canteen opens at noon."],
])("%s may be what “%s” speaks of", (question, source) => {
  expect(unknownSubject(question)(source)).toEqual([]);
});

it("looks at the first words of a long question, and takes no long time for a long source", () => {
  const question = "奖金".repeat(5_000);
  expect(unknownSubject(question)("游泳池".repeat(100_000)).length).toBeLessThanOrEqual(50);
});
