import { describe, expect, it } from "vitest";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import { formOf, newScorer, type RequirementForm, specOf } from "./requirement-form";

const form: RequirementForm = {
  scorer: newScorer("label/accuracy"),
  metric: "accuracy",
  margin: "2",
  floor: "80",
  ceiling: "",
};
const rest = { rows: { splits: ["test" as const], tags: ["late"], most: 50 }, inputs: { complaint: "text" } };
const parsed = (...forms: readonly RequirementForm[]) => gateSpec.parse(specOf(forms, null, rest));

describe("a gate's form", () => {
  it("reads shares in percent and shows them again as they were typed", () => {
    const latency = { scorer: newScorer("run/latency"), metric: "duration", margin: "", floor: "", ceiling: "900" };
    const spec = parsed(form, latency);
    expect(spec.requirements).toEqual([
      { metric: "accuracy.accuracy", margin: 0.02, floor: 0.8, ceiling: null },
      { metric: "latency.duration", margin: null, floor: null, ceiling: 900 },
    ]);
    expect(spec).toMatchObject(rest);
    expect(formOf(spec)).toMatchObject([
      { ...form, scorer: { type: "label/accuracy" } },
      { ...latency, scorer: { type: "run/latency" } },
    ]);
  });

  it("asks a scorer once where two requirements set it alike, and twice where they do not", () => {
    const other = { ...form, scorer: { ...form.scorer, output: "label" } };
    const spec = parsed(form, { ...form, metric: "macro-f1", margin: "", floor: "70" }, other);
    expect(spec.scorers.map(({ id, output }) => [id, output])).toEqual([
      ["accuracy", undefined],
      ["accuracy-2", "label"],
    ]);
    expect(spec.requirements.map(({ metric }) => metric)).toEqual([
      "accuracy.accuracy",
      "accuracy.macro-f1",
      "accuracy-2.accuracy",
    ]);
  });

  it("keeps what the form does not show, and the names of scorers that were there", () => {
    const stored = gateSpec.parse({
      scorers: [{ id: "mine", type: "label/accuracy", output: "label" }],
      requirements: [{ metric: "mine.accuracy", floor: 0.5 }],
      alpha: 0.02,
      budgetMicroUsd: 5,
    });
    const again = gateSpec.parse(specOf(formOf(stored), stored, rest));
    expect(again).toEqual({ ...stored, ...rest });
  });

  it("is not ready where a number is none or nothing is asked for", () => {
    expect(specOf([{ ...form, margin: "two" }], null, rest)).toBeNull();
    expect(specOf([{ ...form, margin: "", floor: "" }], null, rest)).toBeNull();
    expect(specOf([], null, rest)).toBeNull();
  });
});
