import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes";
import type { AnyNode } from "@/runtime/node/catalog";
import { resolveNode } from "./resolve-node";
import { roughPorts } from "./rough-ports";

const node = (type: string) => catalog.get(type) as AnyNode;
const outputs = (type: string, config: Record<string, unknown>) =>
  Object.keys(roughPorts(node(type), config)?.outputs ?? {});

describe("the ports of settings that are half typed", () => {
  it("keep a label whose examples, and the labels beside one whose name, are empty", () => {
    const labels = [
      { name: "refund", examples: [""] },
      { name: "praise", examples: ["Thank you"] },
    ];
    expect(outputs("classifier/examples", { labels })).toEqual(expect.arrayContaining(["refund", "praise", "label"]));
    const unnamed = [{ name: "", examples: ["x"] }, labels[1]];
    expect(outputs("classifier/examples", { labels: unnamed })).toEqual(expect.arrayContaining(["praise", "label"]));
    expect(outputs("classifier/prompt", { labels: [{ name: "a", description: "" }, { name: "" }] })).toContain("a");
  });

  it("keep the cases of a switch of which one is not finished, and the fields of an input", () => {
    const cases = [
      { name: "low", test: "range" },
      { name: "high", test: "matches", value: "(" },
    ];
    expect(outputs("flow/switch", { cases })).toEqual(expect.arrayContaining(["low", "high", "default"]));
    expect(
      outputs("io/input", {
        fields: [
          { name: "text", kind: "text" },
          { name: "2nd", kind: "number" },
        ],
      }),
    ).toContain("text");
  });

  it.each(catalog.nodes.map((each) => [each.type, each] as const))("of %s are those of valid settings", (_, each) => {
    const config = each.examples[0].config as never;
    const { ports } = resolveNode(
      { id: "a", type: each.type, typeVersion: each.version, config, disabled: false },
      catalog,
    );
    const rough = roughPorts(each, config);
    expect(Object.keys(rough?.inputs ?? {})).toEqual(Object.keys(ports?.inputs ?? {}));
    expect(Object.keys(rough?.outputs ?? {})).toEqual(
      Object.keys(ports?.outputs ?? {}).filter((name) => name !== "error"),
    );
  });

  it("never throw and never name what a document could not hold, whatever is written", () => {
    const fields = [...new Set(catalog.nodes.flatMap(({ config }) => Object.keys(config.shape)))];
    fc.assert(
      fc.property(
        fc.constantFrom(...catalog.nodes),
        fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()),
        (each, config) => {
          const rough = roughPorts(each, config);
          for (const name of [...Object.keys(rough?.inputs ?? {}), ...Object.keys(rough?.outputs ?? {})])
            expect(name.trim()).not.toBe("");
        },
      ),
    );
  });
});
