import { describe, expect, it } from "vitest";
import { codeLimits } from "@/runtime/capability/code/limits";
import type { CodeResult } from "@/runtime/capability/code/program";
import { CodeRunner } from "./code-runner";
import { escapes } from "./escape-corpus";

const runner = new CodeRunner();
const run = (code: string, inputs: Readonly<Record<string, unknown>> = {}, milliseconds = 1_000): Promise<CodeResult> =>
  runner.run({ code, inputs, milliseconds, megabytes: 8 });

describe("code in the sandbox", () => {
  it("computes with what it is given", async () => {
    const result = await run("const double = (n: number): number => n * 2;\nreturn { n: double(inputs.n) };", {
      n: 21,
    });
    expect(result).toEqual({ ok: true, value: { n: 42 }, lines: [] });
  });

  it("gives the same for the same, also after others have run", async () => {
    const code = "globalThis.count = (globalThis.count ?? 0) + 1; return { count: globalThis.count };";
    expect(await run(code)).toEqual(await run(code));
  });

  it("may await", async () => {
    expect(await run("return { a: await Promise.all([1, Promise.resolve(2)]) };")).toMatchObject({
      value: { a: [1, 2] },
    });
  });

  it("tells the time of a date in UTC, whatever the machine says", async () => {
    const code = `const at = new Date(2020, 0, 1);
      return { a: [at.toISOString(), at.getHours(), at.getTimezoneOffset(), new Date("2020-01-01T00:00").getTime(), String(at)] };`;
    const value = { a: ["2020-01-01T00:00:00.000Z", 0, 0, 1577836800000, "Wed, 01 Jan 2020 00:00:00 GMT"] };
    expect(await run(code)).toMatchObject({ value });
  });

  it("prints, up to a bound", async () => {
    const { lines } = await run("console.log('a', { b: 1 }, 2n, undefined); console.warn(new Error('c')); return {};");
    expect(lines).toEqual([
      { level: "info", text: 'a {"b":1} 2n undefined' },
      { level: "warn", text: "Error: c" },
    ]);
    const many = await run(
      "for (let i = 0; i < 100_000; i += 1) console.log('x'.repeat(5_000)); return {};",
      {},
      20_000,
    );
    expect(many.lines.length).toBe(codeLimits.lines + 1);
    expect(many.lines[0]?.text.length).toBeLessThan(codeLimits.line + 10);
    expect(many.lines.at(-1)?.level).toBe("warn");
  });

  it.each([
    ["a syntax error", "const a = 1;\nlet b: = 2;", "syntax", 2],
    ["an error it throws", "\n\nthrow new RangeError('no');", "threw", 3],
    ["something else it throws", "throw 5;", "threw", null],
    ["nothing", "inputs;", "value", null],
    ["a loop in what it gives", "const a = {}; a.a = a; return a;", "value", null],
    ["what JSON does not hold", "return 1n;", "value", null],
    ["a wait for nothing", "await new Promise(() => {});", "never", null],
    ["a loop", "for (;;);", "time", 1],
    ["a list without end", "return { a: 'x'.repeat(2 ** 29) };", "memory", 1],
  ])("says where it ends in %s", async (_, code, reason, line) => {
    expect(await run(code, {}, reason === "memory" ? 10_000 : 200)).toMatchObject({
      ok: false,
      reason,
      ...(line === null ? {} : { line }),
    });
  });

  it("is refused more than it can take, and gives no more than can be kept", async () => {
    expect(await run("return 1;", { a: "x".repeat(codeLimits.values) })).toMatchObject({ ok: false, reason: "value" });
    const large = await runner.run({
      code: "return 'x'.repeat(9_000_000);",
      inputs: {},
      milliseconds: 5_000,
      megabytes: 128,
    });
    expect(large).toMatchObject({ ok: false, reason: "value" });
  });

  it("goes on with other code after one that met a limit", async () => {
    await run("for (;;);", {}, 50);
    expect(await run("return { a: 1 };")).toMatchObject({ ok: true });
  });

  describe("gives nothing of the host away", () => {
    const secret = "canary-of-the-host";
    it.each(escapes)("to %s", async (_, code) => {
      (globalThis as { canary?: string }).canary = secret;
      process.env.PIPEWRIGHT_CANARY = secret;
      const began = performance.now();
      const result = await run(code, { n: 1 }, 300);
      expect(performance.now() - began).toBeLessThan(10_000);
      const said = JSON.stringify(result);
      expect(said).not.toContain(secret);
      expect(said).not.toMatch(/node_modules|\/usr\/|root:|node:internal|"function"|"object"/);
      expect(said.length).toBeLessThan(codeLimits.values);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      expect(await run("return { a: 1 };")).toMatchObject({ ok: true, value: { a: 1 } });
    });
  });

  it.each([
    "return { a: Date.now() };",
    "return { a: new (new Date(0).constructor)() };",
    "return { a: new (class extends Date {})().getTime() };",
    "return { a: Date() };",
    "return { a: Math.random() };",
  ])("has no clock and no chance: %s", async (code) => {
    expect(await run(code)).toMatchObject({ ok: false, message: expect.stringContaining("is not available") });
  });
});
