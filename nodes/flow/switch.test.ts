import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { flowSwitch } from "./switch";

describeNode(flowSwitch, "nodes/flow/switch.ts");

const run = (config: object, inputs: Record<string, unknown>, runId = "run-1") =>
  flowSwitch.run({
    config: flowSwitch.config.parse(config),
    inputs,
    ctx: nodeContext({ run: { id: runId, inputs: {} } }),
  }) as Promise<Record<string, unknown>>;
const cases = (...all: object[]) => ({ cases: all.map((each, index) => ({ name: `c${index}`, ...each })) });

describe("switching by value", () => {
  it.each([
    [{ test: "equals", value: "Gold" }, "gold ", true],
    [{ test: "equals", value: "1" }, 1, true],
    [{ test: "equals", value: "true" }, true, true],
    [{ test: "equals", value: "" }, null, true],
    [{ test: "equals", value: "0" }, "", false],
    [{ test: "contains", value: "退款" }, "我要退款", true],
    [{ test: "contains", value: "a" }, ["A", "b"], true],
    [{ test: "contains", value: "a" }, ["ab"], false],
    [{ test: "one-of", values: ["x", "", " y "] }, "Y", true],
    [{ test: "one-of", values: ["x", ""] }, "", false],
    [{ test: "matches", value: "^\\d+$" }, 12, true],
    [{ test: "range", minimum: 1, maximum: 2 }, "1.5", true],
    [{ test: "range", minimum: 1, maximum: 2 }, 2, false],
    [{ test: "range", minimum: 1 }, "many", false],
    [{ test: "range", maximum: 1 }, "", false],
  ])("%j and %j: %s", async (test, value, fits) => {
    const outputs = await run(cases(test), { value });
    expect(outputs).toEqual(fits ? { c0: value, case: "c0" } : { default: value, case: "default" });
  });

  it("takes the first case that fits", async () => {
    const config = cases({ test: "contains", value: "a" }, { test: "equals", value: "ab" });
    expect(await run(config, { value: "ab" })).toEqual({ c0: "ab", case: "c0" });
  });

  it("reaches into JSON, also where it came as text; what is not there fits no case", async () => {
    const config = { path: "a[0].b", ...cases({ value: "x" }) };
    expect(await run(config, { value: '{"a":[{"b":"x"}]}' })).toMatchObject({ case: "c0" });
    expect(await run(config, { value: { a: [] } })).toMatchObject({ case: "default" });
    await expect(run(config, { value: "no json" })).rejects.toMatchObject({ code: "value-invalid" });
  });

  it("minds case where it is told to", async () => {
    expect(await run({ ignoreCase: false, ...cases({ value: "A" }) }, { value: "a" })).toMatchObject({
      case: "default",
    });
  });

  it("says which case holds a pattern that RE2 does not take", async () => {
    await expect(run(cases({ test: "matches", value: "x{1001}" }), { value: "a" })).rejects.toMatchObject({
      code: "value-invalid",
      message: expect.stringContaining('The case "c0" cannot be tested'),
    });
  });

  it.each([
    ["no cases", { cases: [] }, "A switch needs at least one case."],
    ["a broken pattern", cases({ test: "matches", value: "(" }), /./],
    ["a pattern that looks ahead", cases({ test: "matches", value: "(?=a)" }), /looks ahead/],
    ["a name twice", { cases: [{ name: "a" }, { name: "a" }] }, 'Two cases are called "a".'],
    ["the name of another port", { cases: [{ name: "default" }] }, /cannot be called/],
    ["a name of every object", { cases: [{ name: "constructor" }] }, /another name/],
    ["an empty range", cases({ test: "range" }), /least number/],
    ["a range of nothing", cases({ test: "range", minimum: 2, maximum: 2 }), /greater than/],
    ["no values", cases({ test: "one-of", values: [""] }), /at least one value/],
    ["nothing to look for", cases({ test: "contains" }), /text to look for/],
    ["21 cases", cases(...Array(21).fill({})), /./],
    ["shares of nothing", { mode: "share", shares: [{ name: "a", share: 0 }] }, /above 0/],
    ["no shares", { mode: "share", shares: [] }, "A switch needs at least one case."],
    ["a path that does not read", { path: "a[" }, /does not read/],
  ])("refuses %s", (_, config, message) => {
    const parsed = flowSwitch.config.safeParse(config);
    expect(parsed.error?.issues.map((issue) => issue.message).join("\n")).toMatch(message);
  });
});

describe("switching by share", () => {
  const shares = [
    { name: "a", share: 70 },
    { name: "b", share: 30 },
    { name: "never", share: 0 },
  ];
  const choose = async (key: unknown, runId?: string, salt = "") =>
    (await run({ mode: "share", shares, salt }, { value: 1, ...(key === undefined ? {} : { key }) }, runId)).case;

  it("sends a key the same way in every run", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.integer(), fc.dictionary(fc.string(), fc.string())), async (key) => {
        expect(await choose(key, "run-1")).toBe(await choose(key, "run-2"));
      }),
    );
  });

  it("keeps the shares over many keys, and over many runs without a key", async () => {
    const counts: Record<string, number> = { a: 0, b: 0, never: 0, runs: 0, both: 0 };
    const total = 5000;
    for (let index = 0; index < total; index += 1) {
      const way = String(await choose(`user-${index}`));
      counts[way] = (counts[way] ?? 0) + 1;
      if ((await choose(undefined, `run-${index}`)) === "b") counts.runs = (counts.runs ?? 0) + 1;
      if (way === "b" && (await choose(`user-${index}`, "run", "other")) === "b") counts.both = (counts.both ?? 0) + 1;
    }
    // Four standard deviations of a fair draw.
    const near = (share: number) => 4 * Math.sqrt(total * share * (1 - share));
    expect(Math.abs((counts.b ?? 0) - total * 0.3)).toBeLessThan(near(0.3));
    expect(Math.abs((counts.runs ?? 0) - total * 0.3)).toBeLessThan(near(0.3));
    expect(Math.abs((counts.both ?? 0) - total * 0.09)).toBeLessThan(near(0.09));
    expect(counts.never).toBe(0);
  });
});
