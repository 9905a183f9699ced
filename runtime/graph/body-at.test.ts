import { expect, it } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { valueNode } from "@/runtime/testing/test-nodes";
import { allNodes, bodyAt, withBodyAt } from "./body-at";

const inner = buildDocument({ deep: { type: valueNode.type } });
const outer = buildDocument({ loop: { type: "flow/loop", body: inner }, plain: { type: valueNode.type } });
const document = buildDocument({ map: { type: "flow/map", body: outer } });

it("finds bodies by the containers around them", () => {
  expect(bodyAt(document, [])).toBe(document);
  expect(bodyAt(document, ["map", "loop"])?.nodes[0]?.id).toBe("deep");
  expect(bodyAt(document, ["map", "plain"])).toBeNull();
  expect(bodyAt(document, ["gone", "loop"])).toBeNull();
});

it("puts another body in place, and leaves the rest as it is", () => {
  const body = buildDocument({ other: { type: valueNode.type } });
  const changed = withBodyAt(document, ["map", "loop"], body);
  expect(bodyAt(changed, ["map", "loop"])).toBe(body);
  expect(bodyAt(changed, ["map"])?.nodes[1]).toBe(bodyAt(document, ["map"])?.nodes[1]);
  expect(withBodyAt(document, ["gone"], body)).toBe(document);
  expect(withBodyAt(document, [], body)).toBe(body);
});

it("lists nodes of all depths", () => {
  expect(allNodes(document).map(({ id }) => id)).toEqual(["map", "loop", "deep", "plain"]);
});
