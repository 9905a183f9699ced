import { beforeEach, describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { graphHash } from "@/runtime/graph/hash";
import { hasErrors, validate } from "@/runtime/graph/validate";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { createEditorStore, type EditorStore } from "../store/editor-store";
import { extractNodes } from "./extract";
import { inlineNode } from "./inline";

const chain = buildDocument(
  {
    input: { type: "io/input", config: { fields: [{ name: "text" }, { name: "other" }] } },
    first: { type: "text/template", config: { template: "1 {{text}}" } },
    second: { type: "text/template", config: { template: "2 {{text}} {{other}}" } },
    third: { type: "text/template", config: { template: "3 {{text}}" } },
    out: {
      type: "io/output",
      config: {
        outputs: [
          { name: "answer", title: "" },
          { name: "early", title: "" },
        ],
      },
    },
  },
  [
    "input.text > first.text",
    "first.text > second.text",
    "input.other > second.other",
    "second.text > third.text",
    "first.text > out.early",
    "third.text > out.answer",
  ],
);

let word = 0;
const random = () => `w${word++}`;
let store: EditorStore;
const state = () => store.getState();
const extract = (...ids: string[]) =>
  extractNodes(new Set(ids), { document: state().document, catalog, portsOf: state().flow.portsOf, random });
const answer = async () => (await runPlan(planOf(state().whole, catalog), { text: "a", other: "b" })).state.outputs;
beforeEach(() => {
  store = createEditorStore({ document: chain, catalog, locale: "en", now: () => 0 });
});

describe("extracting steps into a container, and inlining them again", () => {
  it.each([
    [["first", "second"]],
    [["second"]],
    [["first", "second", "third"]],
    // The pipeline's own input and output stay.
    [["input", "second", "third", "out"]],
  ])("gives the same answer, with all wires kept: %j", async (ids) => {
    const before = await answer();
    const extracted = extract(...ids);
    if (typeof extracted === "string") throw new Error(extracted);
    state().apply(extracted.operations);
    expect(hasErrors(validate(state().whole, catalog))).toBe(false);
    expect(state().whole.nodes.find(({ id }) => id === extracted.id)?.type).toBe("flow/sub-pipeline");
    expect(await answer()).toEqual(before);
    const inlined = inlineNode(state().document, catalog, extracted.id, random);
    state().apply(inlined?.operations ?? []);
    expect(graphHash(state().whole)).toBe(graphHash(chain));
    expect(await answer()).toEqual(before);
    state().undo();
    state().undo();
    expect(graphHash(state().whole)).toBe(graphHash(chain));
    expect(state().history.past).toHaveLength(0);
  });

  it("refuses a selection that would wait for itself, and one without a step", () => {
    expect(extract("first", "third")).toBe("cycle");
    expect(extract("input", "out")).toBe("nothing");
  });

  it("gives steps other ids where theirs are taken", () => {
    const extracted = extract("second");
    if (typeof extracted === "string") throw new Error(extracted);
    state().apply(extracted.operations);
    state().apply([
      { type: "add-node", node: { id: "second", type: "text/template", typeVersion: 1, config: {}, disabled: false } },
    ]);
    const inlined = inlineNode(state().document, catalog, extracted.id, random);
    expect(inlined?.nodes).not.toContain("second");
    expect(inlined?.nodes).toHaveLength(1);
  });

  it("keeps wires apart from a step that is called as the input of a body would be", async () => {
    const renamed = JSON.parse(
      JSON.stringify(chain).replaceAll('"input"', '"start"').replaceAll('"second"', '"input"'),
    );
    store = createEditorStore({ document: renamed, catalog, locale: "en", now: () => 0 });
    const before = await answer();
    const extracted = extract("input");
    if (typeof extracted === "string") throw new Error(extracted);
    state().apply(extracted.operations);
    expect(await answer()).toEqual(before);
  });

  it.each([
    [["a", "b", "merge"], "branch"],
    [["a", "b"], "branch"],
    [["a", "after"], null],
    [["a"], null],
    [["branch", "a", "b", "merge"], null],
    [["merge", "after"], "branch"],
  ])("keeps the answer of a pipeline that branches, or refuses: %j", async (ids, refusal) => {
    const branching = buildDocument(
      {
        input: { type: "io/input", config: { fields: [{ name: "text" }, { name: "other" }] } },
        branch: { type: "flow/branch", config: { conditions: [{ path: "", operator: "equals", value: "a" }] } },
        a: { type: "text/template", config: { template: "yes {{text}}" } },
        b: { type: "text/template", config: { template: "no {{text}}" } },
        merge: { type: "flow/merge" },
        after: { type: "text/template", config: { template: "then {{text}}" } },
        out: {
          type: "io/output",
          config: {
            outputs: [
              { name: "answer", title: "" },
              { name: "more", title: "" },
            ],
          },
        },
      },
      [
        "input.text > branch.value",
        "branch.yes > a.text",
        "branch.no > b.text",
        "a.text > merge.input1",
        "b.text > merge.input2",
        "merge.value > out.answer",
        "a.text > after.text",
        "after.text > out.more",
      ],
    );
    store = createEditorStore({ document: branching, catalog, locale: "en", now: () => 0 });
    const before = await answer();
    expect(before).toEqual({ answer: "yes a", more: "then yes a" });
    const extracted = extract(...ids);
    if (typeof extracted === "string") {
      expect(extracted).toBe(refusal);
      return;
    }
    expect(refusal).toBeNull();
    state().apply(extracted.operations);
    expect(await answer()).toEqual(before);
  });

  it("leaves off what was off with the group, and says that its policy goes", () => {
    const policy = { retries: 3, retryDelayMs: 0, onError: "continue" as const };
    const document = buildDocument({ group: { type: "flow/sub-pipeline", body: chain, disabled: true, policy } });
    const inlined = inlineNode(document, catalog, "group", random);
    const added = inlined?.operations.flatMap((each) => (each.type === "add-node" ? [each.node.disabled] : []));
    expect(added).toEqual([true, true, true]);
    expect(inlined?.dropsPolicy).toBe(true);
  });

  it("inlines nothing that runs more than once", () => {
    const document = buildDocument({ map: { type: "flow/map", body: chain } });
    expect(inlineNode(document, catalog, "map", random)).toBeNull();
  });
});
