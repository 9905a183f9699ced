import { describe, expect, it } from "vitest";
import type { NodeContext } from "@/runtime/node/context";
import type { Ports } from "@/runtime/node/port";
import { describeNode } from "@/runtime/testing/node-spec";
import { textTemplate } from "./template";

describeNode(textTemplate, "nodes/text/template.ts");

const ports = (template: string): Ports => {
  const { inputs } = textTemplate;
  return typeof inputs === "function" ? inputs(textTemplate.config.parse({ template })) : inputs;
};

describe("the ports", () => {
  it("follow the variables: text, or any value where the template reaches into it", () => {
    const kinds = Object.entries(ports("{{a}} {{订单.id}} \\{{b}} {{not one}}")).map(([name, { kind }]) => [
      name,
      kind,
    ]);
    expect(kinds).toEqual([
      ["a", "text"],
      ["订单", "any"],
    ]);
  });

  it("may be called error: that port is on the other side", () => {
    expect(Object.keys(ports("{{error}}"))).toEqual(["error"]);
  });
});

describe("writing", () => {
  it("writes an empty template as an empty text", async () => {
    const config = textTemplate.config.parse({ template: "" });
    expect(await textTemplate.run({ config, inputs: {}, ctx: {} as NodeContext })).toEqual({ text: "" });
  });
});
