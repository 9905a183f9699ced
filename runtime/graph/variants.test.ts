import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyDocument } from "./document";
import {
  applyVariants,
  changedFields,
  configChanges,
  configWith,
  promoteVariant,
  variantsOf,
  withVariants,
} from "./variants";

const config = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
);

it("the changes between two configs, laid over the one, give the other, and name only what differs", () => {
  fc.assert(
    fc.property(config, config, (own, wanted) => {
      const changes = configChanges(own, wanted);
      expect(configWith(own, changes)).toEqual(wanted);
      for (const field of Object.keys(changes.config)) expect(own[field]).not.toEqual(wanted[field]);
      expect(changedFields(own, changes)).toHaveLength(
        Object.keys(changes.config).length + (changes.unset?.length ?? 0),
      );
      expect(configChanges(own, own)).toEqual({ config: {} });
    }),
  );
});

it("promoting a variant swaps it with the node's own settings, and every other one means what it meant", () => {
  fc.assert(
    fc.property(config, fc.array(config, { minLength: 1, maxLength: 5 }), fc.nat(), (own, wanted, pick) => {
      const variants = wanted.map((each, index) => ({
        id: `v${index}`,
        label: `${index}`,
        ...configChanges(own, each),
      }));
      const chosen = pick % wanted.length;
      const swapped = promoteVariant(own, variants, `v${chosen}`, "Former");
      expect(swapped.config).toEqual(wanted[chosen]);
      expect(swapped.variants.map((variant) => configWith(swapped.config, variant))).toEqual(
        wanted.map((each, index) => (index === chosen ? own : each)),
      );
      expect(swapped.variants[chosen]?.label).toBe("Former");
      expect(promoteVariant(swapped.config, swapped.variants, `v${chosen}`, "Again").config).toEqual(own);
    }),
  );
});

it("promoting one that is not there changes nothing", () => {
  expect(promoteVariant({ a: 1 }, [], "v", "Former")).toEqual({ config: { a: 1 }, variants: [] });
});

it("a field that has become the node's own no longer differs", () => {
  expect(changedFields({ a: 1, b: 2 }, { config: { a: 1, b: 3 }, unset: ["c"] })).toEqual(["b"]);
});

it("a document without variants has no record of them", () => {
  const variant = { id: "v", label: "Other", config: {} };
  const document = withVariants(emptyDocument, "a", [variant]);
  expect(variantsOf(document, "a")).toEqual([variant]);
  expect(variantsOf(document, "constructor")).toEqual([]);
  expect(withVariants(document, "a", [])).toEqual(emptyDocument);
});

it("a chosen variant takes the place of its node's own settings, other nodes and the rest of the document staying", () => {
  fc.assert(
    fc.property(config, config, (own, wanted) => {
      const node = (id: string) => ({ id, type: "text/x", typeVersion: 1, config: own, disabled: false });
      const document = {
        ...emptyDocument,
        nodes: [node("a"), node("b")],
        variants: { a: [{ id: "v", label: "Other", ...configChanges(own, wanted) }] },
      };
      const tried = applyVariants(document, [{ node: "a", id: "v" }]);
      if (!tried.ok) throw new Error("the variant was not found");
      expect(tried.value.document.nodes).toEqual([{ ...node("a"), config: wanted }, node("b")]);
      expect(tried.value.document.nodes[1]).toBe(document.nodes[1]);
      expect(tried.value.variants).toEqual([{ node: "a", id: "v", label: "Other" }]);
      for (const gone of [
        { node: "a", id: "w" },
        { node: "b", id: "v" },
        { node: "toString", id: "v" },
      ])
        expect(applyVariants(document, [gone])).toEqual({ ok: false, error: gone });
    }),
  );
});
