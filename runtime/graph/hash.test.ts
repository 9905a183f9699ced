import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { canonicalJson, graphHash, hashJson } from "./hash";

test("is SHA-256 of the canonical JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(hashJson(value)).toBe(createHash("sha256").update(canonicalJson(value)).digest("hex"));
    }),
  );
});

test("canonical JSON reads back as the same value and does not depend on the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: undefined }] })).toBe('{"a":[{"d":1}],"b":1}');
});

test("ignores layout, variants, the order of nodes and wires, and the ids of wires", () => {
  fc.assert(
    fc.property(validDocument, fc.integer(), (document, x) => {
      const drawn = {
        ...document,
        nodes: document.nodes.toReversed(),
        edges: document.edges.toReversed().map((edge, index) => ({ ...edge, id: `other-${index}` })),
        layout: { n0: { x, y: 0 } },
        variants: { n0: [{ id: "v", label: "Other", config: { text: String(x) } }] },
      };
      expect(graphHash(drawn)).toBe(graphHash(document));
    }),
  );
});

test("changes with every other part of a document", () => {
  const document = buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x" } }, ["a.o > b.i"]);
  const others = [
    buildDocument({ a: { type: "text/x", config: { n: 2 } }, b: { type: "text/x" } }, ["a.o > b.i"]),
    buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/y" } }, ["a.o > b.i"]),
    buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x", disabled: true } }, ["a.o > b.i"]),
    buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x", label: "B" } }, ["a.o > b.i"]),
    buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x" } }, ["a.o > b.j"]),
    buildDocument({ a: { type: "text/x", config: { n: 1 } }, b: { type: "text/x" } }),
  ];
  expect(new Set([document, ...others].map(graphHash)).size).toBe(others.length + 1);
});

test("stays what it was in earlier versions, since it is stored", () => {
  const document = buildDocument({ a: { type: "text/x", config: { n: 1 } } });
  expect(graphHash(document)).toBe("d3cdbde8b3e472e362ab7d1bfcdc561d7c1d880719228f1b0546f87af5333a3f");
});
