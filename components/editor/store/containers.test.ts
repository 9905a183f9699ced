import { beforeEach, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { bodyAt } from "@/runtime/graph/body-at";
import { emptyDocument, type GraphDocument, type GraphNode } from "@/runtime/graph/document";
import { createEditorStore, type EditorStore } from "./editor-store";

const node = (id: string, type: string, rest: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config: {},
  disabled: false,
  ...rest,
});
const body: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", { config: { fields: [{ name: "item" }] } }),
    node("out", "io/output", { config: { outputs: [{ name: "result" }] } }),
  ],
  edges: [{ id: "w", from: { node: "in", port: "item" }, to: { node: "out", port: "result" } }],
};
const document: GraphDocument = { ...emptyDocument, nodes: [node("map", "flow/map", { body })] };

let store: EditorStore;
const state = () => store.getState();
const inside = () => bodyAt(state().whole, ["map"])?.nodes.map(({ id }) => id);
beforeEach(() => {
  store = createEditorStore({ document, catalog, locale: "en", now: () => 0 });
  state().goTo(["map"]);
});

it("opens what a container holds, and changes the pipeline by what is changed there", () => {
  expect(state().document.nodes.map(({ id }) => id)).toEqual(["in", "out"]);
  expect(state().cards.map(({ id }) => id)).toEqual(["in", "out"]);
  state().apply([{ type: "add-node", node: node("step", "text/template") }]);
  expect(inside()).toEqual(["in", "out", "step"]);
  state().goTo([]);
  expect(state().document.nodes.map(({ id }) => id)).toEqual(["map"]);
  expect(state().document).toBe(state().whole);
});

it("has an undo of its own for each container and for the pipeline", () => {
  state().apply([{ type: "add-node", node: node("step", "text/template") }]);
  state().goTo([]);
  expect(state().history.past).toHaveLength(0);
  state().apply([{ type: "set-label", node: "map", label: "Each" }]);
  state().goTo(["map"]);
  state().undo();
  expect(inside()).toEqual(["in", "out"]);
  expect(state().whole.nodes[0]?.label).toBe("Each");
  state().redo();
  expect(inside()).toEqual(["in", "out", "step"]);
});

it("brings a container back with all that was drawn in it since", () => {
  state().goTo([]);
  state().apply([{ type: "add-node", node: node("second", "flow/map", { body }) }]);
  state().goTo(["second"]);
  state().apply([{ type: "add-node", node: node("step", "text/template") }]);
  state().goTo([]);
  state().undo();
  expect(state().whole.nodes.map(({ id }) => id)).toEqual(["map"]);
  state().redo();
  expect(bodyAt(state().whole, ["second"])?.nodes.map(({ id }) => id)).toEqual(["in", "out", "step"]);
});

it("forgets the undo of a container whose steps were replaced from outside, and of no other", () => {
  const other = node("other", "flow/map", { body });
  state().goTo([]);
  state().apply([{ type: "add-node", node: other }]);
  for (const id of ["map", "other"]) {
    state().goTo([id]);
    state().apply([{ type: "remove-nodes", nodes: ["in"] }]);
  }
  state().goTo([]);
  const theirs = { ...body, nodes: [node("chat", "prompt/chat")], edges: [] };
  state().apply([{ type: "replace-node", node: node("map", "flow/map", { body: theirs }) }]);
  state().goTo(["map"]);
  state().undo();
  expect(inside()).toEqual(["chat"]);
  expect(state().history.past).toHaveLength(0);
  state().goTo(["other"]);
  state().undo();
  expect(bodyAt(state().whole, ["other"])?.nodes.map(({ id }) => id)).toEqual(["in", "out"]);
});

it("forgets it, too, where the whole pipeline is replaced, or another container comes under the same id", () => {
  state().apply([{ type: "remove-nodes", nodes: ["in"] }]);
  state().goTo([]);
  state().apply([{ type: "replace-document", document: structuredClone(document) }]);
  state().goTo(["map"]);
  state().undo();
  expect(inside()).toEqual(["in", "out"]);
  state().apply([{ type: "remove-nodes", nodes: ["in"] }]);
  state().goTo([]);
  state().apply([{ type: "remove-nodes", nodes: ["map"] }]);
  state().undo();
  state().goTo(["map"]);
  state().undo();
  expect(inside()).toContain("in");
  state().goTo([]);
  state().apply([{ type: "remove-nodes", nodes: ["map"] }]);
  state().apply([{ type: "add-node", node: node("map", "flow/map", { body: { ...body, nodes: [], edges: [] } }) }]);
  state().goTo(["map"]);
  expect(state().history).toMatchObject({ past: [], future: [] });
});

it("stays at what is there where a container is gone, and goes back to the pipeline where another is opened", () => {
  state().goTo(["map", "nothing"]);
  expect(state().scope).toEqual(["map"]);
  state().open({ ...emptyDocument, nodes: [node("chat", "prompt/chat")] });
  expect(state().scope).toEqual([]);
  state().undo();
  expect(state().whole.nodes.map(({ id }) => id)).toEqual(["map"]);
});
