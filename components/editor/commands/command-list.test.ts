import { beforeEach, describe, expect, test, vi } from "vitest";
import { catalog } from "@/nodes/index";
import { emptyDocument, type GraphNode } from "@/runtime/graph/document";
import { createEditorStore, type EditorStore } from "../store/editor-store";
import { createViewStore, type ViewStore } from "../store/view-store";
import { commandList } from "./command-list";
import type { CommandId, EditorCommand } from "./editor-command";
import type { Commands } from "./use-commands";
import type { DebugCommands } from "./use-debug-commands";

const node = (id: string): GraphNode => ({ id, type: "text/join", typeVersion: 1, config: {}, disabled: false });
let editor: EditorStore;
let view: ViewStore;
let list: readonly EditorCommand[];
/** Every gesture is there and does nothing. */
const commands = new Proxy({}, { get: () => vi.fn() }) as Commands;
const debug = new Proxy({}, { get: () => vi.fn() }) as DebugCommands;
const command = (id: CommandId): EditorCommand => {
  const found = list.find((one) => one.id === id);
  if (!found) throw new Error(`There is no command ${id}.`);
  return found;
};

beforeEach(() => {
  const nodes = ["a", "b", "c"].map(node);
  editor = createEditorStore({ document: { ...emptyDocument, nodes }, catalog, locale: "en", now: () => 0 });
  view = createViewStore();
  list = commandList({ editor, view, run: () => {}, commands, debug });
});

describe("the commands of the editor", () => {
  test("no two answer to the same keys", () => {
    const strokes = list.flatMap(({ keys = [] }) => keys.map((stroke) => [...stroke].sort().join("+")));
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  test("a name stands for one command, or for its directions", () => {
    const names = list.filter(({ likeFormer }) => !likeFormer).map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
  });

  test("what would do nothing with this selection is not available", () => {
    const available = (id: CommandId) => command(id).available?.() ?? true;
    const asked = ["connect", "rename", "duplicate", "delete", "alignLeft", "distributeVertically"] as const;
    const now = () => asked.filter(available);
    expect(now()).toEqual([]);
    editor.getState().select({ nodes: ["a"] });
    expect(now()).toEqual(["connect", "rename", "duplicate", "delete"]);
    editor.getState().select({ nodes: ["a", "b"] });
    expect(now()).toEqual(["duplicate", "delete", "alignLeft"]);
    editor.getState().select({ nodes: ["a", "b", "c"] });
    expect(now()).toEqual(["duplicate", "delete", "alignLeft", "distributeVertically"]);
  });

  test("renaming is asked of the one chosen step, and clearing leaves nothing chosen or open", () => {
    editor.getState().select({ nodes: ["b"] });
    command("rename").run();
    expect(view.getState().renaming).toBe("b");
    command("clear").run();
    expect(view.getState().renaming).toBeNull();
    expect(editor.getState().selection.nodes.size).toBe(0);
  });
});
