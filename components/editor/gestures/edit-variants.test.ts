import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphDocument, graphLimits, type NodeVariant } from "@/runtime/graph/document";
import { applyOperation } from "@/runtime/graph/edit/apply";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { variantsOf } from "@/runtime/graph/variants";
import { createPortLookup } from "../store/node-ports";
import { addVariant, editVariant, freeLabel, makeBase, removeVariant, renameVariant } from "./edit-variants";

const node = (id: string, type: string, config = {}) => ({ id, type, typeVersion: 1, config, disabled: false });
const brief: NodeVariant = { id: "brief", label: "Brief", config: { user: "Briefly: {{text}}" } };
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text" }] }),
    node("chat", "prompt/chat", { user: "{{text}}", temperature: 0.5 }),
  ],
  edges: [{ id: "w1", from: { node: "in", port: "text" }, to: { node: "chat", port: "text" } }],
  variants: { chat: [brief] },
};
const random = (length: number) => "r".repeat(length);
const changed = (operations: readonly GraphOperation[], from = document) =>
  operations.reduce((current, operation) => applyOperation(current, operation).document, from);
const variants = (from: GraphDocument) => variantsOf(from, "chat");
const own = (from: GraphDocument) => from.nodes[1]?.config ?? {};

describe("addVariant", () => {
  it("begins with the settings of the node, at the end, under a label of its own", () => {
    const added = addVariant(document, "chat", { from: null, label: "Brief" }, random);
    expect(variants(changed(added?.operations ?? [])).at(-1)).toEqual({ id: added?.id, label: "Brief 2", config: {} });
  });

  it("copies another one and stands behind it", () => {
    const last = { id: "last", label: "Last", config: {} };
    const start = changed([{ type: "set-variants", node: "chat", variants: [brief, last] }]);
    const added = addVariant(start, "chat", { from: "brief", label: "Copy" }, random);
    const made = variants(changed(added?.operations ?? [], start));
    expect(made.map(({ label }) => label)).toEqual(["Brief", "Copy", "Last"]);
    expect(made[1]?.config).toEqual(brief.config);
  });

  it("adds no more than a node may have, and none to a step that is gone", () => {
    const full = Array.from({ length: graphLimits.variantsOfNode }, (_, at) => ({ ...brief, id: `v${at}` }));
    const start = changed([{ type: "set-variants", node: "chat", variants: full }]);
    expect(addVariant(start, "chat", { from: null, label: "One more" }, random)).toBeNull();
    expect(addVariant(document, "gone", { from: null, label: "One" }, random)).toBeNull();
  });
});

describe("labels", () => {
  it("are cut to what a label may be, also where a number comes behind", () => {
    const long = "x".repeat(graphLimits.labelLength + 10);
    expect(variants(changed(renameVariant(document, "chat", "brief", long)))[0]?.label).toHaveLength(
      graphLimits.labelLength,
    );
    const taken = freeLabel([], long);
    const second = freeLabel([{ ...brief, label: taken }], long);
    expect(second).not.toBe(taken);
    expect(second.length).toBeLessThanOrEqual(graphLimits.labelLength);
  });

  it("are never empty", () => {
    expect(renameVariant(document, "chat", "brief", "   ")).toEqual([]);
  });
});

describe("editVariant", () => {
  it("keeps what differs from the node only", () => {
    const warm = changed(editVariant(document, "chat", "brief", "temperature", 0.9));
    expect(variants(warm)[0]?.config).toEqual({ ...brief.config, temperature: 0.9 });
    expect(variants(changed(editVariant(warm, "chat", "brief", "temperature", 0.5), warm))[0]).toEqual(brief);
    expect(own(warm)).toEqual(own(document));
  });

  it("leaves a setting out", () => {
    const without = changed(editVariant(document, "chat", "brief", "temperature", undefined));
    expect(variants(without)[0]?.unset).toEqual(["temperature"]);
  });
});

describe("makeBase", () => {
  const swap = (from: GraphDocument) => {
    const chat = from.nodes[1];
    if (!chat) throw new Error("no such node");
    const edit = { node: "chat", variant: "brief", label: "Before" };
    return makeBase(from, catalog, createPortLookup(catalog)(chat), edit, random);
  };

  it("swaps the settings and can be undone in one go", () => {
    const swapped = changed(swap(document));
    expect(own(swapped).user).toBe("Briefly: {{text}}");
    expect(variants(swapped)[0]).toEqual({ id: "brief", label: "Before", config: { user: "{{text}}" } });
  });

  it("takes the wire along where the variant calls its input another name", () => {
    const start = changed(editVariant(document, "chat", "brief", "user", "Briefly: {{complaint}}"));
    const swapped = changed(swap(start), start);
    expect(swapped.edges[0]?.to).toEqual({ node: "chat", port: "complaint" });
  });
});

it("removes one, and the last one without a trace", () => {
  expect(changed(removeVariant(document, "chat", "brief"))).not.toHaveProperty("variants");
  expect(removeVariant(document, "chat", "gone")).toEqual([]);
});
