import { expect, it } from "vitest";
import { emptyDocument, type GraphDocument } from "@/runtime/graph/document";
import { applyOverrides } from "@/runtime/graph/overrides";
import { columnsOf, madeOf, shownColumns, toggleColumn } from "./compare-columns";

const document: GraphDocument = {
  ...emptyDocument,
  nodes: [{ id: "a", type: "text/template", typeVersion: 1, config: { template: "x", note: "n" }, disabled: false }],
  variants: {
    a: ["one", "two", "three", "four"].map((id, index) => ({
      id,
      label: id,
      config: { template: id },
      ...(index === 0 && { unset: ["note"] }),
    })),
  },
};
const all = columnsOf(document, "a");
const ids = (columns: readonly { readonly id: string }[]) => columns.map(({ id }) => id);

it("lays a variant over the draft as the server does", () => {
  const applied = applyOverrides(document, all[1]?.overrides ?? []);
  expect(applied.ok && applied.value.nodes[0]?.config).toEqual({ template: "one" });
  expect(all[0]?.overrides).toEqual([]);
});

it("shows the base and the first variants until others are chosen, and again when those are gone", () => {
  expect(ids(shownColumns(all, undefined))).toEqual(["base", "a/one", "a/two", "a/three"]);
  expect(ids(shownColumns(all, ["a/four", "base"]))).toEqual(["base", "a/four"]);
  expect(ids(shownColumns(all, ["a/four", "a/gone"]))).toEqual(["base", "a/one", "a/two", "a/three"]);
});

it("keeps to two columns at least and four at most", () => {
  const two = shownColumns(all, ["base", "a/one"]);
  expect(toggleColumn(two, "a/one")).toEqual(["base", "a/one"]);
  expect(toggleColumn(two, "a/two")).toEqual(["base", "a/one", "a/two"]);
  expect(toggleColumn(shownColumns(all, undefined), "a/four")).toHaveLength(4);
});

it("tells answers to other settings and other inputs apart, and moving a card changes nothing", () => {
  const [base, one] = all;
  if (!base || !one) throw new Error("no columns");
  const made = madeOf(document, base, { q: 1 });
  expect(madeOf({ ...document, layout: { a: { x: 1, y: 1 } } }, base, { q: 1 })).toBe(made);
  expect(madeOf(document, one, { q: 1 })).not.toBe(made);
  expect(madeOf(document, base, { q: 2 })).not.toBe(made);
});
