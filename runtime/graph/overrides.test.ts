import { expect, it } from "vitest";
import { emptyDocument, type GraphDocument } from "./document";
import { applyOverrides } from "./overrides";

const document: GraphDocument = {
  ...emptyDocument,
  nodes: [
    { id: "a", type: "text/template", typeVersion: 1, config: { template: "one", kept: true }, disabled: false },
    { id: "b", type: "text/template", typeVersion: 1, config: {}, disabled: false },
  ],
};

it("replaces the named settings of a node, and no others", () => {
  const changed = applyOverrides(document, [
    { nodeId: "a", config: { template: "two" } },
    { nodeId: "a", config: { template: "three" } },
  ]);
  expect(changed.ok && changed.value.nodes.map(({ config }) => config)).toEqual([
    { template: "three", kept: true },
    {},
  ]);
  expect(document.nodes[0]?.config).toEqual({ template: "one", kept: true });
});

it("leaves out what is unset", () => {
  const changed = applyOverrides(document, [{ nodeId: "a", config: {}, unset: ["kept", "unknown"] }]);
  expect(changed.ok && changed.value.nodes[0]?.config).toEqual({ template: "one" });
});

it("names a node that is not there", () => {
  expect(applyOverrides(document, [{ nodeId: "c", config: {} }])).toEqual({ ok: false, error: { nodeId: "c" } });
});
