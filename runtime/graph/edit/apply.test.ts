import fc from "fast-check";
import { expect, test } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { operation, validDocument } from "@/runtime/testing/graph-arbitrary";
import type { GraphDocument, GraphNode } from "../document";
import { graphHash } from "../hash";
import { applyOperation } from "./apply";
import type { GraphOperation } from "./operation";
import { configChange } from "./set-config";

const apply = (document: GraphDocument, operations: readonly GraphOperation[]) => {
  const inverses: GraphOperation[] = [];
  let current = document;
  for (const item of operations) {
    const applied = applyOperation(current, item);
    current = applied.document;
    inverses.unshift(applied.inverse);
  }
  return { document: current, inverses };
};

test("any sequence of operations undone gives the start, and redone gives the end", () => {
  fc.assert(
    fc.property(validDocument, fc.array(operation, { maxLength: 12 }), (start, operations) => {
      const done = apply(start, operations);
      const undone = apply(done.document, done.inverses);
      expect(undone.document).toEqual(start);
      expect(apply(undone.document, undone.inverses).document).toEqual(done.document);
    }),
    { numRuns: 1000 },
  );
});

test("an operation changes neither the document nor the operation it is given", () => {
  fc.assert(
    fc.property(validDocument, operation, (document, item) => {
      const before = JSON.stringify([document, item]);
      applyOperation(document, item);
      expect(JSON.stringify([document, item])).toBe(before);
    }),
  );
});

test("nodes that an operation does not name keep their identity", () => {
  fc.assert(
    fc.property(validDocument, operation, (document, item) => {
      fc.pre(item.type !== "replace-document" && item.type !== "batch" && item.type !== "restore");
      const named = JSON.stringify(item);
      const after = new Set(applyOperation(document, item).document.nodes);
      for (const node of document.nodes) if (!named.includes(`"${node.id}"`)) expect(after.has(node)).toBe(true);
    }),
  );
});

test("moving cards and trying variants never changes the hash", () => {
  fc.assert(
    fc.property(validDocument, operation, (document, item) => {
      fc.pre(item.type === "move-nodes" || item.type === "set-variants");
      expect(graphHash(applyOperation(document, item).document)).toBe(graphHash(document));
    }),
  );
});

test("an operation that finds nothing to do gives the same document back", () => {
  const document = buildDocument({ a: { type: "text/x", config: { n: 1 } } });
  const idle: GraphOperation[] = [
    { type: "remove-nodes", nodes: ["gone"] },
    { type: "set-config", node: "a", set: { n: 1 } },
    { type: "set-label", node: "a", label: null },
    { type: "set-disabled", node: "a", disabled: false },
    { type: "move-nodes", positions: { a: null } },
    { type: "disconnect", edges: ["gone"] },
    { type: "set-variants", node: "a", variants: [] },
    { type: "set-variants", node: "gone", variants: [{ id: "v", label: "Other", config: {} }] },
  ];
  for (const item of idle) expect(applyOperation(document, item).document).toBe(document);
});

test("removing a node takes its wires and its place along, and undoing brings all back where it stood", () => {
  const built = buildDocument({ a: { type: "text/x" }, b: { type: "text/x" }, c: { type: "text/x" } }, [
    "a.o > b.i",
    "b.o > c.i",
  ]);
  const document = { ...built, layout: { b: { x: 1, y: 2 } } };
  const removed = applyOperation(document, { type: "remove-nodes", nodes: ["b"] });
  expect(removed.document).toMatchObject({ edges: [], layout: {} });
  expect(applyOperation(removed.document, removed.inverse).document).toEqual(document);
});

test("a node's variants go and come back with it, and do not stay with another type of node", () => {
  const variants = { a: [{ id: "v", label: "Other", config: { n: 2 } }] };
  const document = { ...buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x" } }), variants };
  const removed = applyOperation(document, { type: "remove-nodes", nodes: ["a"] });
  expect(removed.document).not.toHaveProperty("variants");
  expect(applyOperation(removed.document, removed.inverse).document).toEqual(document);
  const [a, b] = document.nodes as [GraphNode, GraphNode];
  const replace = (node: GraphNode) => applyOperation(document, { type: "replace-node", node });
  expect(replace({ ...a, config: { n: 3 } }).document.variants).toEqual(variants);
  const other = replace({ ...b, id: "a", type: "text/y" });
  expect(other.document).not.toHaveProperty("variants");
  expect(applyOperation(other.document, other.inverse).document).toEqual(document);
});

test("a wire into a taken input takes the former wire's place", () => {
  const document = buildDocument({ a: { type: "text/x" }, b: { type: "text/x" }, c: { type: "text/x" } }, [
    "a.o > c.i",
  ]);
  const edge = { id: "new", from: { node: "b", port: "o" }, to: { node: "c", port: "i" } };
  const connected = applyOperation(document, { type: "connect", edge });
  expect(connected.document.edges).toEqual([edge]);
  expect(applyOperation(connected.document, connected.inverse).document).toEqual(document);
});

test("the difference of two configs turns one into the other, field by field", () => {
  const change = configChange("a", { kept: [1], gone: 1, changed: "x" }, { kept: [1], changed: "y", added: null });
  expect(change).toEqual({ type: "set-config", node: "a", set: { changed: "y", added: null }, unset: ["gone"] });
});

test("edits of different settings of one node do not collide", () => {
  const document = buildDocument({ a: { type: "text/x", config: { left: 1, right: 1 } } });
  const left: GraphOperation = { type: "set-config", node: "a", set: { left: 2 } };
  const right: GraphOperation = { type: "set-config", node: "a", set: { right: 2 } };
  expect(apply(document, [left, right]).document).toEqual(apply(document, [right, left]).document);
});
