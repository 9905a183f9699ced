import { expect, it } from "vitest";
import { readLabels, writeLabels } from "./confused-labels";

it("live in the address, the empty answer too, and leave it", () => {
  const labels = { scorer: "accuracy", variant: 1, actual: "late & lost", predicted: "" };
  const parameters = new URLSearchParams("tab=cases");
  writeLabels(parameters, labels);
  expect(readLabels(new URLSearchParams(parameters.toString()))).toEqual(labels);
  writeLabels(parameters, null);
  expect(parameters.toString()).toBe("tab=cases");
  expect(readLabels(parameters)).toBeNull();
});

it("are none where one of them is missing or no number", () => {
  for (const query of [
    "variant=1&actual=a&predicted=b",
    "scorer=s&variant=x&actual=a&predicted=b",
    "scorer=s&variant=1",
  ])
    expect(readLabels(new URLSearchParams(query))).toBeNull();
});
