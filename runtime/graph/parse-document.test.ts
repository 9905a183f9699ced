import { expect, test } from "vitest";
import { graphLimits } from "./document";
import { parseDocument } from "./parse-document";

const node = (id: string, config: unknown = {}) => ({ id, type: "text/x", typeVersion: 1, config });
const document = (nodes: unknown[] = [], edges: unknown[] = []) => ({ schemaVersion: 1, nodes, edges, layout: {} });
const codes = (value: unknown) => {
  const parsed = parseDocument(value);
  return parsed.ok ? [] : parsed.error.map(({ code }) => code);
};

test("reads a document and fills in what may be left out", () => {
  const parsed = parseDocument(document([node("a")]));
  expect(parsed).toMatchObject({ ok: true, value: { nodes: [{ id: "a", disabled: false }] } });
});

test.each([[null], [undefined], [7], ["{}"], [[]], [{}], [{ ...document(), extra: 1 }], [document([{ id: "a" }])]])(
  "refuses %j",
  (value) => {
    expect(codes(value)).toContain("document-invalid");
  },
);

test("takes as many nodes as the limit and refuses one more, saying both numbers", () => {
  const nodes = Array.from({ length: graphLimits.nodes + 1 }, (_, index) => node(`n${index}`));
  expect(codes(document(nodes.slice(1)))).toEqual([]);
  const refused = parseDocument(document(nodes));
  expect(refused).toMatchObject({
    error: [{ code: "document-too-large", params: { what: "nodes", count: 1001, most: 1000 } }],
  });
});

test("refuses 5,000 nodes with one clear diagnostic", () => {
  const refused = parseDocument(document(Array.from({ length: 5000 }, (_, index) => node(`n${index}`))));
  expect(refused.ok ? [] : refused.error).toHaveLength(1);
  expect(refused.ok ? "" : refused.error[0]?.message).toBe("The pipeline has 5000 nodes; at most 1000 are allowed.");
});

test("refuses too many wires", () => {
  const edges = Array.from({ length: graphLimits.edges + 1 }, () => ({}));
  expect(codes(document([], edges))).toEqual(["document-too-large"]);
});

test("refuses a document of too many bytes, counting them as UTF-8", () => {
  const third = "汉".repeat(graphLimits.bytes / 3);
  expect(codes(document([node("a", { text: third.slice(0, -100) })]))).toEqual([]);
  expect(codes(document([node("a", { text: third })]))).toEqual(["document-too-large"]);
});

test("refuses JSON nested without end instead of running out of stack", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(codes(document([node("a", { deep })]))).toEqual(["document-invalid"]);
});

test("refuses a format of another program version by its number", () => {
  expect(codes({ ...document(), schemaVersion: 2 })).toEqual(["schema-version-unknown"]);
});

test("refuses __proto__ as a key, an id and nothing else of that kind", () => {
  expect(codes(JSON.parse('{"schemaVersion":1,"nodes":[],"edges":[],"layout":{"__proto__":{"x":1,"y":1}}}'))).toEqual([
    "document-invalid",
  ]);
  expect(codes(document([node("a", JSON.parse('{"__proto__":{"polluted":true}}'))]))).toEqual(["document-invalid"]);
  expect(codes(document([node("__proto__")]))).toEqual(["document-invalid"]);
  expect(codes(document([node("constructor")]))).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("refuses values that are not JSON", () => {
  expect(codes(document([node("a", { run: () => 1 })]))).toEqual(["document-invalid"]);
  expect(codes(document([node("a", { number: Number.NaN })]))).toEqual(["document-invalid"]);
});

const variant = (id: string) => ({ id, label: "Other", config: { n: 1 }, unset: ["m"] });

test("keeps variants of its nodes, forgets those of others, and reads documents without any", () => {
  const parsed = parseDocument({ ...document([node("a")]), variants: { a: [variant("v")], gone: [variant("v")] } });
  expect(parsed.ok && parsed.value.variants).toEqual({ a: [variant("v")] });
  expect(parseDocument({ ...document([node("a")]), variants: { a: [] } })).toEqual(
    parseDocument(document([node("a")])),
  );
});

test("takes as many variants of a node as the limit and refuses one more, two of one id, and one without a name", () => {
  const some = Array.from({ length: graphLimits.variantsOfNode + 1 }, (_, index) => variant(`v${index}`));
  const of = (variants: unknown[]) => codes({ ...document([node("a")]), variants: { a: variants } });
  expect(of(some.slice(1))).toEqual([]);
  expect(of(some)).toEqual(["document-invalid"]);
  expect(of([variant("v"), variant("v")])).toEqual(["document-invalid"]);
  expect(of([{ ...variant("v"), label: " " }])).toEqual(["document-invalid"]);
  expect(of([{ ...variant("v"), code: "x" }])).toEqual(["document-invalid"]);
});
