import { describe, expect, it } from "vitest";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { joinLimits, textJoin } from "./join";

describeNode(textJoin, "nodes/text/join.ts");

const run = (config: object, inputs: Record<string, unknown>) =>
  textJoin.run({ config: textJoin.config.parse(config), inputs, ctx: nodeContext() });

describe("joining texts", () => {
  it("writes numbers, records and lists the way a person would", async () => {
    expect(await run({ separator: "comma" }, { text1: [1, true, null], text2: { a: 1 } })).toEqual({
      text: '1, true, {\n  "a": 1\n}',
      count: 3,
    });
  });

  it("keeps empty texts where it is told to", async () => {
    expect(await run({ separator: "line", skipEmpty: false }, { text1: "", text2: "b" })).toEqual({
      text: "\nb",
      count: 2,
    });
  });

  it("never reads a text as a template", async () => {
    expect(await run({ template: "- {{text}}" }, { text1: "{{number}}" })).toMatchObject({ text: "- {{number}}" });
  });

  it("refuses more than it can hold", async () => {
    const many = Array(joinLimits.texts + 1).fill("a");
    await expect(run({}, { text1: many })).rejects.toMatchObject({
      message: "There are 10,001 texts; at most 10,000 can be joined.",
    });
    const long = "x".repeat(joinLimits.characters / 2 + 1);
    await expect(run({}, { text1: long, text2: long })).rejects.toMatchObject({ code: "value-invalid" });
  });

  it.each([
    { inputs: 0 },
    { inputs: 21 },
    { template: "{{name}}" },
    { template: "no text" },
    { otherSeparator: "x".repeat(101) },
  ])("refuses %j", (config) => {
    expect(textJoin.config.safeParse(config).success).toBe(false);
  });
});
