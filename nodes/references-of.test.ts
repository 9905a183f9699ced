import { expect, it } from "vitest";
import { catalog } from "@/nodes";
import { referencesOf } from "@/runtime/graph/references-of";

const node = (id: string, type: string, config: Record<string, unknown>) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;

it("finds what a setting names by its control, as text and as the reference of an object", () => {
  const nodes = [
    node("find", "retrieval/search", { knowledgeBase: "kb-1" }),
    node("sort", "fine-tuned/classify", { model: { reference: "intent@production", labels: ["a"] } }),
    node("ask", "fine-tuned/chat", { model: "tone@2" }),
  ];
  expect(referencesOf(nodes, catalog)).toEqual([
    { kind: "knowledge-base", name: "kb-1", node: "find", field: "knowledgeBase" },
    { kind: "tuned-model", name: "intent@production", node: "sort", field: "model" },
    { kind: "tuned-model", name: "tone@2", node: "ask", field: "model" },
  ]);
});

it("takes no other text for a name, and nothing from what is empty or unknown", () => {
  const nodes = [
    node("prompt", "prompt/chat", { user: "kb-1", system: "write to intent@production" }),
    node("empty", "retrieval/search", { knowledgeBase: " " }),
    node("gone", "retrieval/gone", { knowledgeBase: "kb-1" }),
    node("odd", "fine-tuned/classify", { model: null }),
    node("bare", "fine-tuned/chat", {}),
  ];
  expect(referencesOf(nodes, catalog)).toEqual([]);
});
