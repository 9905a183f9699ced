import { describe, expect, it } from "vitest";
import type { NodeContext } from "@/runtime/node/context";
import { describeNode } from "@/runtime/testing/node-spec";
import { flowBranch } from "./branch";

describeNode(flowBranch, "nodes/flow/branch.ts");

const run = (config: object, inputs: { value: unknown; pass?: unknown }) =>
  flowBranch.run({ config: flowBranch.config.parse(config), inputs, ctx: {} as NodeContext });

const isGold = { path: "tier", operator: "equals", value: "gold" };
const isBig = { path: "amount", operator: "greater", value: "100" };

describe("branching", () => {
  it.each([
    ["all", { tier: "gold", amount: 500 }, "yes"],
    ["all", { tier: "gold", amount: 5 }, "no"],
    ["any", { tier: "tin", amount: 500 }, "yes"],
    ["any", { tier: "tin", amount: 5 }, "no"],
  ])("when %s must hold, %j goes %s", async (combine, value, way) => {
    expect(await run({ conditions: [isGold, isBig], combine }, { value })).toEqual({ [way]: value });
  });

  it("sends on the other value, even one that is empty", async () => {
    const conditions = [{ operator: "not-empty" }];
    expect(await run({ conditions }, { value: "x", pass: "" })).toEqual({ yes: "" });
    expect(await run({ conditions }, { value: "", pass: null })).toEqual({ no: null });
  });

  it("fails rather than guess where a comparison has no answer", async () => {
    await expect(run({ conditions: [isBig] }, { value: { amount: "lots" } })).rejects.toMatchObject({
      code: "value-invalid",
      message: '"amount > 100" cannot be tested: lots is not a number.',
    });
  });

  it("refuses more than twenty conditions, and none", () => {
    expect(flowBranch.config.safeParse({ conditions: Array(21).fill(isGold) }).success).toBe(false);
    expect(flowBranch.config.safeParse({ conditions: [] }).success).toBe(false);
  });
});
