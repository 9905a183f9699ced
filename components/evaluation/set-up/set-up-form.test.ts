import { describe, expect, it } from "vitest";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import type { GraphDocument } from "@/runtime/graph/document";
import {
  draftOf,
  freeKey,
  freeScorerId,
  metricChoices,
  offeredVariants,
  primaryOf,
  type SetUpForm,
  startVariants,
} from "./set-up-form";

const document = {
  schemaVersion: 1,
  nodes: [
    { id: "ask", type: "prompt/chat", typeVersion: 1, config: { user: "{{q}}" }, disabled: false },
    { id: "sort", type: "classifier/labels", typeVersion: 1, config: {}, disabled: false },
  ],
  edges: [],
  layout: {},
  variants: {
    ask: [{ id: "v1", label: "Warmer", config: { user: "Dear {{q}}" } }],
    sort: [{ id: "v2", label: "Bare", config: {}, unset: ["labels"] }],
  },
} as unknown as GraphDocument;

const form: SetUpForm = {
  name: "",
  datasetId: "d",
  variants: startVariants(offeredVariants(document, "ask"), "As it is"),
  baseline: "a",
  inputs: {},
  splits: [],
  tags: [],
  most: null,
  scorers: [{ id: "exact", type: "text/exact", config: {}, output: null, expected: null }],
  primary: null,
  margin: null,
  alpha: 0.05,
  repeats: 1,
  concurrency: 8,
  budgetMicroUsd: null,
  useCache: true,
  dropLosers: false,
  covariates: [],
  seed: 1,
};

describe("variants offered", () => {
  it("are those of one step, or of all", () => {
    expect(offeredVariants(document, "ask").map(({ label }) => label)).toEqual(["Warmer"]);
    const wanted = offeredVariants(document, "ask").map(({ id }) => id);
    expect(startVariants(offeredVariants(document, null), "As it is", wanted).map(({ label }) => label)).toEqual([
      "As it is",
      "Warmer",
    ]);
    expect(offeredVariants(document, null)).toHaveLength(2);
    expect(offeredVariants(document, "sort")[0]?.override).toEqual({ nodeId: "sort", config: {}, unset: ["labels"] });
  });

  it("stand beside the draft as it is, as many as there is room for", () => {
    expect(form.variants.map(({ key, label }) => `${key} ${label}`)).toEqual(["a As it is", "b Warmer"]);
    const [one] = offeredVariants(document, "ask");
    if (one === undefined) throw new Error("There is no variant.");
    expect(startVariants(Array(20).fill(one), "As it is")).toHaveLength(8);
  });
});

it("names variants and scorers so that no two are called the same", () => {
  expect(freeKey([{ key: "a" }, { key: "c" }])).toBe("b");
  expect(freeScorerId("text/exact", [{ id: "exact" }, { id: "exact-2" }])).toBe("exact-3");
});

describe("draftOf", () => {
  it("is a draft that the server reads", () => {
    const draft = draftOf("p", form);
    expect(experimentDraft.safeParse(draft).success).toBe(true);
    expect(draft?.primary).toBe("exact.match");
    expect(draft?.variants[1]?.revision).toBe("draft");
  });

  it("takes a revision by its id", () => {
    const [first] = form.variants;
    if (first === undefined) throw new Error("There is no variant.");
    const draft = draftOf("p", { ...form, variants: [{ ...first, source: "r1" }] });
    expect(draft?.variants[0]?.revision).toEqual({ id: "r1" });
  });

  it("is nothing before there is a dataset, a scorer and a name for each variant", () => {
    expect(draftOf("p", { ...form, datasetId: null })).toBeNull();
    expect(draftOf("p", { ...form, scorers: [] })).toBeNull();
    expect(draftOf("p", { ...form, variants: form.variants.map((each) => ({ ...each, label: " " })) })).toBeNull();
  });

  it("keeps the main metric to one that there is", () => {
    expect(primaryOf({ ...form, primary: "gone.metric" })).toBe("exact.match");
    expect(metricChoices(form.scorers).map(({ id }) => id)).toContain("exact.match");
  });
});
