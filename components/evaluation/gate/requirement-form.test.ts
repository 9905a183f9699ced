import { describe, expect, it } from "vitest";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import { formOf, specOf } from "./requirement-form";

const form = { type: "label/accuracy", metric: "accuracy", margin: "2", floor: "80", ceiling: "" };

describe("a gate's form", () => {
  it("reads shares in percent and shows them again as they were typed", () => {
    const spec = specOf(
      [form, { ...form, type: "run/latency", metric: "duration", margin: "", floor: "", ceiling: "900" }],
      null,
      50,
    );
    const parsed = gateSpec.parse(spec);
    expect(parsed.requirements).toEqual([
      { metric: "label-accuracy.accuracy", margin: 0.02, floor: 0.8, ceiling: null },
      { metric: "run-latency.duration", margin: null, floor: null, ceiling: 900 },
    ]);
    expect(parsed.rows.most).toBe(50);
    expect(formOf(parsed)[0]).toEqual(form);
    const again = specOf(
      formOf(parsed),
      { ...parsed, scorers: parsed.scorers.map((scorer) => ({ ...scorer, output: "label" })) },
      null,
    );
    expect(again?.scorers[0]).toMatchObject({ output: "label" });
  });

  it("is not ready where a number is none or nothing is asked for", () => {
    expect(specOf([{ ...form, margin: "two" }], null, null)).toBeNull();
    expect(specOf([{ ...form, margin: "", floor: "" }], null, null)).toBeNull();
    expect(specOf([], null, null)).toBeNull();
  });
});
