import { expect, test } from "vitest";
import { paletteScore } from "./palette-score";

const score = (search: string, ...keywords: string[]) => paletteScore("pipeline:cmd3e0p1l", search, keywords);

test.each([
  ["", 1],
  ["depl", 1],
  ["  DEPL ", 1],
  ["ployments", 0.5],
  ["dpl", 0],
])("%j fits Deployments by %d", (search, expected) => {
  expect(score(search, "Deployments", "deployments")).toBe(expected);
});

test("an entry's internal value is no word of it", () => {
  expect(score("cmd3", "Reply to a complaint")).toBe(0);
  expect(score("pipeline", "Reply to a complaint")).toBe(0);
});

test("several words fit in any order, beginnings before middles", () => {
  expect(score("complaint rep", "Reply to a complaint")).toBe(0.8);
  expect(score("reply to", "Reply to a complaint")).toBe(1);
  expect(score("laint reply", "Reply to a complaint")).toBe(0.5);
  expect(score("reply refund", "Reply to a complaint")).toBe(0);
});

test("Chinese fits by any stretch, full-width letters like ordinary ones", () => {
  expect(score("投诉", "客户投诉分诊")).toBe(0.5);
  expect(score("ＪＳＯＮ", "JSON 校验")).toBe(1);
});
