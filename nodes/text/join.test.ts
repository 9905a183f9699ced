import { describe, expect, it } from "vitest";
import { valueLimits } from "@/runtime/node/value-limits";
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
    const half = "x".repeat(valueLimits.characters / 2);
    const full = await run({ separator: "none" }, { text1: half, text2: half });
    expect((full as { readonly text: string }).text).toHaveLength(valueLimits.characters);
    const tooLarge = { code: "value-too-large" };
    // Only the line break between them is too much.
    await expect(run({ separator: "line" }, { text1: half, text2: half })).rejects.toMatchObject(tooLarge);
    await expect(run({ template: "{{text}}{{text}}{{text}}" }, { text1: half })).rejects.toMatchObject(tooLarge);
    const blanks = Array(joinLimits.texts).fill("");
    const wide = {
      separator: "other",
      otherSeparator: "-".repeat(100),
      skipEmpty: false,
      template: "{{text}}".padEnd(400, "."),
    };
    await expect(run(wide, { text1: blanks })).rejects.toMatchObject(tooLarge);
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
