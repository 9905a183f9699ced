import fc from "fast-check";
import { expect, test } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { operation, validDocument } from "@/runtime/testing/graph-arbitrary";
import { diffDocuments, diffOperations, isEmptyDiff } from "./diff";
import type { GraphDocument } from "./document";
import { applyOperation } from "./edit/apply";
import { graphHash } from "./hash";

/** A document, and what some edits make of it: closer to real versions than two random documents are. */
const versions = fc
  .tuple(validDocument, fc.array(operation, { maxLength: 8 }))
  .map(([from, operations]): [GraphDocument, GraphDocument] => {
    const edits = operations.filter(({ type }) => type !== "replace-document");
    return [from, edits.reduce((document, item) => applyOperation(document, item).document, from)];
  });
const pairs = fc.oneof(versions, fc.tuple(validDocument, validDocument));

test("the difference applied to the one gives the other", () => {
  fc.assert(
    fc.property(pairs, ([from, to]) => {
      const result = diffOperations(from, to).reduce((document, item) => applyOperation(document, item).document, from);
      expect(graphHash(result)).toBe(graphHash(to));
      expect(isEmptyDiff(diffDocuments(result, to))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("keeps a wire whose node is gone, though taking the node out takes its wires along", () => {
  const from = buildDocument({ a: { type: "text/x" }, b: { type: "text/x" } }, ["a.o > b.i"]);
  const to = { ...from, nodes: from.nodes.filter(({ id }) => id !== "b") };
  const result = diffOperations(from, to).reduce((document, item) => applyOperation(document, item).document, from);
  expect(graphHash(result)).toBe(graphHash(to));
});

test("there is no difference exactly where the hashes are equal", () => {
  fc.assert(
    fc.property(pairs, ([from, to]) => {
      expect(isEmptyDiff(diffDocuments(from, to))).toBe(graphHash(from) === graphHash(to));
    }),
  );
});

test("tells added, removed, changed and rewired apart and is blind to layout", () => {
  const from = buildDocument(
    { a: { type: "text/x", config: { n: 1, m: 1 } }, b: { type: "text/x" }, c: { type: "text/x" } },
    ["a.o > b.i", "b.o > c.i"],
  );
  const to = {
    ...buildDocument(
      { a: { type: "text/x", label: "A", config: { n: 2, m: 1 } }, c: { type: "text/x" }, d: { type: "text/x" } },
      ["a.o > c.i"],
    ),
    layout: { a: { x: 9, y: 9 } },
  };
  const diff = diffDocuments(from, to);
  expect(diff.added.map(({ id }) => id)).toEqual(["d"]);
  expect(diff.removed.map(({ id }) => id)).toEqual(["b"]);
  expect(diff.changed.map(({ id, fields }) => [id, fields])).toEqual([["a", ["label", "config.n"]]]);
  expect(diff.wired.map(({ id }) => id)).toEqual(["a.o > c.i"]);
  expect(diff.unwired.map(({ id }) => id)).toEqual(["a.o > b.i", "b.o > c.i"]);
});
