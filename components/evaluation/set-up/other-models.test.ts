import { expect, it } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { otherModels, withLatency } from "./other-models";

const node = (id: string, type: string, disabled = false) =>
  ({ id, type, typeVersion: 1, config: {}, disabled }) as never;
const document: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input"),
    node("ask", "prompt/chat"),
    node("off", "prompt/chat", true),
    node("sort", "classifier/prompt"),
  ],
  edges: [],
  layout: {},
};
const model = (name: string, chat = true, available = true) => ({ ref: `local/${name}`, name, chat, available });

it("lays each chat model that can be reached over every step that asks one", () => {
  const found = otherModels(document, [model("one"), model("embeds", false), model("down", true, false)]);
  expect(found).toEqual([
    {
      ref: "local/one",
      name: "one",
      overrides: [
        { nodeId: "ask", config: { model: "local/one" } },
        { nodeId: "sort", config: { model: "local/one" } },
      ],
    },
  ]);
  expect(otherModels({ ...document, nodes: [node("in", "io/input")] }, [model("one")])).toEqual([]);
});

it("adds the time once, and only where there is room", () => {
  const once = withLatency([]);
  expect(once.map(({ type }) => type)).toEqual(["run/latency"]);
  expect(withLatency(once)).toBe(once);
});
