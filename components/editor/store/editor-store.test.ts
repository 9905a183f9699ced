import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphDocument, type GraphNode } from "@/runtime/graph/document";
import { createEditorStore, type EditorStore } from "./editor-store";

const node = (id: string, type: string, config: GraphNode["config"] = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
});
const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text" }] }),
    node("chat", "prompt/chat", { user: "{{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "chat", port: "text" } },
    { id: "w2", from: { node: "chat", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: { in: { x: 0, y: 0 }, chat: { x: 300, y: 0 }, out: { x: 600, y: 0 } },
};

let now = 0;
let store: EditorStore;
const state = () => store.getState();
const card = (id: string) => state().cards.find((each) => each.id === id);
beforeEach(() => {
  now = 0;
  store = createEditorStore({ document, catalog, locale: "en", now: () => now });
});

it("what is told of a card that is not on the canvas is not chosen", () => {
  state().changeCards([
    { type: "select", id: "elsewhere", selected: true },
    { type: "select", id: "chat", selected: true },
  ]);
  expect([...state().selection.nodes]).toEqual(["chat"]);
});

describe("a drag", () => {
  const drag = (x: number, dragging: boolean) =>
    state().changeCards([{ type: "position", id: "chat", position: { x, y: 0 }, dragging }]);

  it("moves the card at once, touches the document when it ends, and is one step of the history", () => {
    for (let x = 310; x <= 400; x += 10) drag(x, true);
    expect(card("chat")?.position.x).toBe(400);
    expect(state().document).toBe(document);
    drag(400, false);
    expect(state().document.layout.chat).toEqual({ x: 400, y: 0 });
    expect(card("chat")?.dragging).toBe(false);
    expect(state().history.past).toHaveLength(1);
    state().undo();
    expect(state().document.layout.chat).toEqual({ x: 300, y: 0 });
  });

  it("leaves every other card and wire as it was", () => {
    const before = { in: card("in"), out: card("out"), wires: [...state().wires] };
    drag(400, true);
    drag(400, false);
    expect(card("in")).toBe(before.in);
    expect(card("out")).toBe(before.out);
    expect(state().wires).toEqual(before.wires);
    expect(state().wires[0]).toBe(before.wires[0]);
  });

  it("that ends where it began makes no step", () => {
    drag(350, true);
    drag(300, false);
    expect(state().history.past).toHaveLength(0);
    expect(card("chat")?.dragging).toBe(false);
    expect(state().dragging).toBe(false);
  });
});

describe("typing", () => {
  it("is undone by pauses, not by letters", () => {
    const type = (user: string) =>
      state().apply([{ type: "set-config", node: "chat", set: { user } }], "config:chat:user");
    for (const text of ["{{text}} a", "{{text}} ab", "{{text}} abc"]) {
      now += 100;
      type(text);
    }
    now += 5000;
    type("{{text}} abcd");
    state().undo();
    expect(state().document.nodes[1]?.config.user).toBe("{{text}} abc");
    state().undo();
    expect(state().document).toEqual(document);
  });

  it("keeps the ports, and with them the wires, while settings are half typed and not valid", () => {
    const before = card("in")?.data.ports;
    state().apply([{ type: "set-config", node: "in", set: { fields: [{ name: "" }] } }]);
    expect(card("in")?.data.ports).toBe(before);
    expect(state().wires).toHaveLength(2);
  });

  it("shows a wired port that went away as a ghost", () => {
    state().apply([{ type: "set-config", node: "chat", set: { user: "no variable" } }]);
    expect(card("chat")?.data.ghosts.inputs).toEqual(["text"]);
    expect(card("chat")?.handles?.map(({ id }) => id)).toContain("text");
  });
});

describe("selection", () => {
  it("follows React Flow, survives edits and forgets what is gone", () => {
    state().changeCards([{ type: "select", id: "chat", selected: true }]);
    expect(card("chat")?.selected).toBe(true);
    state().apply([{ type: "set-label", node: "chat", label: "Ask" }]);
    expect(state().selection.nodes).toEqual(new Set(["chat"]));
    state().apply([{ type: "remove-nodes", nodes: ["chat"] }]);
    expect(state().selection.nodes).toEqual(new Set());
    state().undo();
    expect(state().selection.nodes).toEqual(new Set(["chat"]));
  });
});

describe("a document opened from elsewhere", () => {
  it("is one step of the history and is not taken for an edit; taking it back is one", () => {
    state().apply([{ type: "set-label", node: "chat", label: "Ask" }]);
    expect(state().opened).toBe(false);
    state().open({ ...document, nodes: document.nodes.slice(0, 1), edges: [] });
    expect(state().opened).toBe(true);
    expect(state().cards).toHaveLength(1);
    state().undo();
    expect(state().opened).toBe(false);
    expect(state().document.nodes).toHaveLength(3);
    expect(state().document.nodes[1]?.label).toBe("Ask");
    state().undo();
    expect(state().document).toEqual(document);
  });

  it("gets places where it has none, in the order in which it runs", () => {
    const { cards } = createEditorStore({
      document: { ...document, layout: {} },
      catalog,
      locale: "en",
      now: () => 0,
    }).getState();
    expect(cards.map(({ position }) => position.x)).toEqual([0, 300, 600]);
  });
});

describe("a store for reading only", () => {
  it("takes no edit and no drag, but can be selected in", () => {
    const fixed = createEditorStore({ document, catalog, locale: "en", now: () => 0, readOnly: true }).getState;
    fixed().apply([{ type: "remove-nodes", nodes: ["chat"] }]);
    fixed().changeCards([{ type: "position", id: "chat", position: { x: 9, y: 9 }, dragging: false }]);
    fixed().changeCards([{ type: "select", id: "chat", selected: true }]);
    expect(fixed().document).toBe(document);
    expect(fixed().selection.nodes).toEqual(new Set(["chat"]));
  });
});

describe("undo and redo", () => {
  const edit = fc.oneof(
    fc.record({
      kind: fc.constant("label" as const),
      id: fc.constantFrom("in", "chat", "out"),
      text: fc.string({ maxLength: 5 }),
    }),
    fc.record({
      kind: fc.constant("move" as const),
      id: fc.constantFrom("in", "chat", "out"),
      x: fc.integer({ min: -500, max: 500 }),
    }),
    fc.record({ kind: fc.constant("remove" as const), id: fc.constantFrom("in", "chat", "out") }),
    fc.record({ kind: fc.constant("cut" as const), id: fc.constantFrom("w1", "w2") }),
    fc.record({ kind: fc.constant("undo" as const) }),
    fc.record({ kind: fc.constant("redo" as const) }),
  );

  it("go back to the beginning and forward to the end after any edits", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        let clock = 0;
        const { getState } = createEditorStore({ document, catalog, locale: "en", now: () => (clock += 300) });
        for (const each of edits) {
          if (each.kind === "label")
            getState().apply([{ type: "set-label", node: each.id, label: each.text }], `l:${each.id}`);
          else if (each.kind === "move")
            getState().apply([{ type: "move-nodes", positions: { [each.id]: { x: each.x, y: 0 } } }]);
          else if (each.kind === "remove") getState().apply([{ type: "remove-nodes", nodes: [each.id] }]);
          else if (each.kind === "cut") getState().apply([{ type: "disconnect", edges: [each.id] }]);
          else getState()[each.kind]();
        }
        while (getState().history.future.length > 0) getState().redo();
        const end = getState().document;
        while (getState().history.past.length > 0) getState().undo();
        expect(getState().document).toEqual(document);
        while (getState().history.future.length > 0) getState().redo();
        expect(getState().document).toEqual(end);
        expect(getState().cards.map(({ id }) => id)).toEqual(end.nodes.map(({ id }) => id));
      }),
    );
  });
});
