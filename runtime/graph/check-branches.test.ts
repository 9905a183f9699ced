import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes";
import { buildDocument } from "@/runtime/testing/build-document";
import { validate } from "./validate";

const input = { type: "io/input", config: { fields: [{ name: "text" }] } };
const output = (...names: string[]) => ({ type: "io/output", config: { outputs: names.map((name) => ({ name })) } });
const labels = ["billing", "delivery"].map((name) => ({ name, examples: [`about ${name}`] }));
const classifier = { type: "classifier/examples", config: { labels } };
const route = (...values: string[]) => ({
  type: "flow/switch",
  config: { cases: values.map((value, index) => ({ name: `case${index + 1}`, test: "equals", value })) },
});
const found = (...given: Parameters<typeof buildDocument>) =>
  validate(buildDocument(...given), catalog).flatMap(({ code, params }) =>
    code.startsWith("branch-") ? [[code, params?.ports, params?.values]] : [],
  );

describe("a switch", () => {
  const nodes = { in: input, route: route("a", "b"), out: output("x", "y", "z") };
  const both = ["in.text > route.value", "route.case1 > out.x", "route.case2 > out.y"];

  it("without a wire at its default is told of, unless only its verdict is used", () => {
    expect(found(nodes, both)).toEqual([["branch-unwired", "default", ""]]);
    expect(found(nodes, [...both, "route.default > out.z"])).toEqual([]);
    expect(found(nodes, ["in.text > route.value", "route.case > out.x"])).toEqual([]);
  });

  it("names the cases that lead nowhere beside it", () => {
    expect(found(nodes, both.slice(0, 2))).toEqual([["branch-unwired", "case2\ndefault", ""]]);
  });

  it("names the labels of a classifier that no case is for, and the case that no label reaches", () => {
    const routed = (...values: string[]) => ({
      in: input,
      sort: classifier,
      route: route(...values),
      out: output("x", "y"),
    });
    const wires = ["in.text > sort.text", "sort.label > route.value", "route.case1 > out.x", "route.case2 > out.y"];
    expect(found(routed("billing", "delivery"), wires)).toEqual([]);
    expect(found(routed(" Billing", "DELIVERY"), wires)).toEqual([]);
    expect(found(routed("billing", "deliveries"), wires)).toEqual([
      ["branch-unwired", "default", "delivery"],
      ["branch-never-taken", "case2", "billing\ndelivery"],
    ]);
  });

  it("says nothing of what a pattern may take, nor of a share of nothing", () => {
    const cases = [
      { name: "case1", test: "matches", value: "^b", minimum: 0 },
      { name: "case2", test: "range", value: "", minimum: 1 },
    ];
    const wires = ["in.text > sort.text", "sort.label > route.value", "route.case1 > out.x", "route.default > out.y"];
    const nodes = {
      in: input,
      sort: classifier,
      route: { type: "flow/switch", config: { cases } },
      out: output("x", "y"),
    };
    expect(found(nodes, wires)).toEqual([]);
    const shares = [
      { name: "now", share: 1 },
      { name: "later", share: 0 },
    ];
    const split = {
      in: input,
      route: { type: "flow/switch", config: { mode: "share", shares } },
      out: output("x", "y"),
    };
    expect(found(split, ["in.text > route.value", "route.now > out.x", "route.later > out.y"])).toEqual([]);
    expect(found(split, ["in.text > route.value", "route.now > out.x"])).toEqual([]);
  });
});

describe("a classifier", () => {
  const nodes = { in: input, sort: classifier, out: output("x", "y", "z") };
  it("whose labels lead on in part is told of; one of which only the label is used is not", () => {
    expect(found(nodes, ["in.text > sort.text", "sort.billing > out.x"])).toEqual([["branch-unwired", "delivery", ""]]);
    expect(found(nodes, ["in.text > sort.text", "sort.label > out.x"])).toEqual([]);
  });
  it("can give the label for everything else only where a minimum may not be reached", () => {
    const wires = ["in.text > sort.text", "sort.billing > out.x", "sort.delivery > out.y"];
    expect(found(nodes, wires)).toEqual([]);
    const sure = { ...nodes, sort: { ...classifier, config: { labels, minimumConfidence: 0.5 } } };
    expect(found(sure, wires)).toEqual([["branch-unwired", "other", ""]]);
  });
});
