import { describe, expect, it } from "vitest";
import { type Condition, conditionField, holds } from "./condition";

const order = { customer: { tier: "Gold" }, amount: 250, tags: ["late", "急"], note: "", none: null };

describe("holds", () => {
  it.each<[Partial<Condition>, unknown, boolean]>([
    [{ operator: "contains", value: "REFUND" }, "a refund", true],
    [{ operator: "not-contains", value: "x" }, "abc", true],
    [{ path: "tags", operator: "contains", value: "急" }, order, true],
    [{ path: "tags", operator: "contains", value: "lat" }, order, false],
    [{ path: "customer.tier", operator: "equals", value: "gold" }, order, true],
    [{ path: "customer.tier", operator: "equals", value: "gold" }, JSON.stringify(order), true],
    [{ path: "amount", operator: "equals", value: "250.0" }, order, true],
    [{ operator: "not-equals", value: "1" }, "2", true],
    [{ operator: "starts-with", value: "re" }, "  Re: hello", true],
    [{ operator: "ends-with", value: "?" }, "really? ", true],
    [{ operator: "matches", value: "^order \\d+$" }, "Order 12", true],
    [{ operator: "matches", value: "订单.{2}号" }, "订单12号", true],
    [{ path: "amount", operator: "greater", value: "250" }, order, false],
    [{ path: "amount", operator: "greater-or-equal", value: "250" }, order, true],
    [{ operator: "less", value: "3" }, " 2.5 ", true],
    [{ operator: "less-or-equal", value: "2" }, 2, true],
    [{ path: "note", operator: "empty" }, order, true],
    [{ path: "none", operator: "empty" }, order, true],
    [{ path: "missing.deep", operator: "empty" }, order, true],
    [{ operator: "not-empty" }, "x", true],
    [{ operator: "not-empty" }, [], false],
  ])("%j on %j is %s", async (condition, value, expected) => {
    const parsed = conditionField.parse(condition);
    expect(await holds(parsed, value, true)).toEqual({ ok: true, value: expected });
  });

  it("minds upper and lower case when asked", async () => {
    expect(await holds(conditionField.parse({ operator: "equals", value: "gold" }), "Gold", false)).toEqual({
      ok: true,
      value: false,
    });
    expect(await holds(conditionField.parse({ operator: "matches", value: "gold" }), "Gold", false)).toEqual({
      ok: true,
      value: false,
    });
  });

  it.each<[Partial<Condition>, unknown, RegExp]>([
    [{ operator: "greater", value: "1" }, "many", /many is not a number/],
    [{ operator: "greater", value: "1" }, "1,000", /is not a number/],
    [{ path: "a", operator: "equals", value: "1" }, "plain words", /not JSON/],
    [{ operator: "matches", value: "(?i" }, "x", /./],
  ])("%j on %j has no answer", async (condition, value, error) => {
    const result = await holds({ path: "", operator: "equals", value: "", ...condition }, value, true);
    expect(result.ok ? "" : result.error).toMatch(error);
  });

  it("compares hostile values as plain text", async () => {
    for (const hostile of ["' || true", "$" + "{1}", '"; drop', "a\nb", "{{x}}", "__proto__"]) {
      expect(await holds({ path: "", operator: "equals", value: hostile }, hostile, false)).toEqual({
        ok: true,
        value: true,
      });
      expect(await holds({ path: "", operator: "equals", value: hostile }, "other", false)).toEqual({
        ok: true,
        value: false,
      });
    }
  });

  it("cannot be hung by a pattern", async () => {
    const began = performance.now();
    await holds({ path: "", operator: "matches", value: "^(\\w+\\s?)*$" }, `${"a ".repeat(20_000)}!`, true);
    await holds({ path: "", operator: "matches", value: "(a|a)*(a|a)*b$" }, "a".repeat(20_000), true);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("conditionField", () => {
  it.each([
    [{ operator: "greater", value: "ten" }, "Give a number"],
    [{ operator: "matches", value: "(" }, "Invalid regular expression"],
    [{ operator: "matches", value: "(?<=a)b" }, "looks ahead or behind"],
    [{ path: "a..b" }, "does not read on"],
  ])("refuses %j", (condition, message) => {
    const parsed = conditionField.safeParse(condition);
    expect(parsed.error?.issues[0]?.message).toContain(message);
  });
});
