import { describe, expect, it } from "vitest";
import { ScriptedCode } from "@/runtime/capability/code/scripted";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { toolCode } from "./code";

describeNode(toolCode, "nodes/tool/code.ts");

const sandbox = new ScriptedCode();
const run = async (config: object, inputs: Record<string, unknown> = { text: "a" }) => {
  const lines: string[] = [];
  const ctx = nodeContext({
    code: { run: (program) => sandbox.run(program, new AbortController().signal) },
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  return { outputs: await toolCode.run({ config: toolCode.config.parse(config), inputs, ctx }), lines };
};

describe("a code step", () => {
  it("tells what its code prints", async () => {
    const { lines } = await run({
      code: "console.log('seen', inputs.text); console.warn('hm'); return { result: 'b' };",
    });
    expect(lines).toEqual(["info seen a", "warn hm"]);
  });

  it.each([
    ["no object", "return 'b';", "The code returned no object."],
    ["a list", "return ['b'];", "The code returned no object."],
    ["an output too few", "return {};", 'The output "result" is missing.'],
    ["an output of another type", "return { result: 4 };", 'The output "result" is a number, not a text.'],
    ["an error", "throw new Error('no');", "Error: no (line 1)"],
    ["an output of the prototype", "return Object.create({ result: 'x' });", 'The output "result" is missing.'],
  ])("refuses %s", async (_, code, message) => {
    await expect(run({ code })).rejects.toMatchObject({ code: "code-failed", message });
  });

  it("says which limit its code met", async () => {
    const endless = run({ code: "for (;;);", seconds: 0.05 });
    await expect(endless).rejects.toMatchObject({ code: "code-limit", message: expect.stringContaining("longer") });
  });

  it("refuses two values of one name, and the name of the error port", () => {
    const twice = { inputs: [{ name: "a" }, { name: "a" }] };
    expect(toolCode.config.safeParse(twice).error?.issues[0]?.path).toEqual(["inputs", 1, "name"]);
    expect(toolCode.config.safeParse({ outputs: [{ name: "error" }] }).success).toBe(false);
    expect(toolCode.config.safeParse({ outputs: [] }).success).toBe(false);
    expect(toolCode.config.safeParse({ code: "x".repeat(100_001) }).success).toBe(false);
  });
});
