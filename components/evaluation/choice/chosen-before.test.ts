import { describe, expect, it } from "vitest";
import type { SetUpForm } from "../set-up/set-up-form";
import { choiceOf, chosenBefore } from "./chosen-before";

const choice = {
  datasetId: "letters",
  datasetName: "Letters",
  inputs: { complaint: "text" },
  expected: "label",
  scorer: { type: "text/contains", config: { phrases: ["refund"] } },
};

describe("what an experiment begins with", () => {
  it("is what was chosen before", () => {
    const { datasetId, inputs, scorers } = chosenBefore("letters", choice);
    expect({ datasetId, inputs }).toEqual({ datasetId: "letters", inputs: { complaint: "text" } });
    expect(scorers.map(({ id }) => id)).toEqual(["contains", "latency", "cost"]);
    expect(scorers[0]).toMatchObject({ type: "text/contains", config: { phrases: ["refund"] } });
  });

  it("keeps the scorer on another dataset, and not its columns", () => {
    const { inputs, scorers } = chosenBefore("other", {
      ...choice,
      scorer: { type: "text/exact", config: {} },
    });
    expect(inputs).toEqual({});
    expect(scorers[0]).toMatchObject({ type: "text/exact", expected: null });
  });

  it("is the exact label where nothing was chosen, or a scorer that is no more", () => {
    expect(chosenBefore(null, null).scorers[0]).toMatchObject({ id: "accuracy", type: "label/accuracy" });
    const gone = { ...choice, scorer: { type: "text/gone", config: {} } };
    expect(chosenBefore("letters", gone).scorers[0]).toMatchObject({ type: "label/accuracy", expected: "label" });
  });
});

describe("what is remembered of an experiment", () => {
  const form = (scorers: readonly string[], primary: string | null) =>
    ({
      inputs: { complaint: "text" },
      primary,
      scorers: scorers.map((type, index) => ({ id: `s${index}`, type, config: {}, output: null, expected: "label" })),
    }) as unknown as SetUpForm;
  const remembered = (scorers: readonly string[], primary: string | null) =>
    choiceOf(form(scorers, primary), { id: "letters", name: "Letters" });

  it("is the scorer of its question and the column it compares with", () => {
    expect(remembered(["text/exact", "text/normalised"], "s1.match")).toEqual({
      ...choice,
      scorer: { type: "text/normalised", config: {} },
    });
  });

  it("is another one that compares answers where the question is for a model, a person or a clock", () => {
    expect(remembered(["run/latency", "label/accuracy"], null).scorer?.type).toBe("label/accuracy");
    expect(remembered(["judge/rubric", "text/exact"], "s0.grade").scorer?.type).toBe("text/exact");
    expect(remembered(["run/cost"], null)).toMatchObject({ scorer: null, expected: null });
  });
});
