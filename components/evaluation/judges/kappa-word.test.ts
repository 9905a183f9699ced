import { expect, it } from "vitest";
import { kappaWord } from "./kappa-word";

it.each([
  [-0.1, "poor"],
  [0, "slight"],
  [0.2, "slight"],
  [0.21, "fair"],
  [0.41, "moderate"],
  [0.61, "substantial"],
  [0.81, "perfect"],
  [1, "perfect"],
])("calls %d %s", (kappa, word) => {
  expect(kappaWord(kappa)).toBe(word);
});
