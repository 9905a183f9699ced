import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FamilyProcess } from "./family-process";

let onLog: (line: string) => void = () => {};
const family = new FamilyProcess({
  name: "example",
  file: path.join(import.meta.dirname, "example-family.ts"),
  settings: { greeting: "Hello" },
  log: (line) => onLog(line),
});
const patient = new AbortController().signal;
afterEach(() => family.stop());

describe("FamilyProcess", { timeout: 60_000 }, () => {
  it("starts with the first call, passes values and bytes, and tells its memory", async () => {
    expect([family.isRunning, family.residentBytes]).toEqual([false, 0]);
    expect(await family.call("greet", "Ada", patient)).toEqual({ ok: true, value: "Hello, Ada" });
    expect(await family.call("size", new Uint8Array(300_000), patient)).toEqual({ ok: true, value: 300_000 });
    expect(family.isRunning).toBe(true);
    expect(family.residentBytes).toBeGreaterThan(10_000_000);
    await family.stop();
    expect([family.isRunning, family.residentBytes]).toEqual([false, 0]);
  });

  it("passes refusals on and fails for what is thrown", async () => {
    expect(await family.call("refuse", null, patient)).toMatchObject({ ok: false, error: { message: "not this" } });
    await expect(family.call("throw", null, patient)).rejects.toThrow("thrown");
    await expect(family.call("unknown", null, patient)).rejects.toThrow("no operation unknown");
  });

  it("fails the calls under way when the process ends, and starts another for the next", async () => {
    await expect(family.call("crash", null, patient)).rejects.toThrow("the process of example ended (code 7)");
    expect(await family.call("greet", "Bo", patient)).toEqual({ ok: true, value: "Hello, Bo" });
  });

  it("ends the work of a caller that leaves, and goes on", async () => {
    const caller = new AbortController();
    const waiting = new Promise<void>((resolve) => {
      onLog = (line) => line === "waiting" && resolve();
    });
    const call = family.call("untilLeft", null, caller.signal);
    await waiting;
    caller.abort(new Error("gone"));
    await expect(call).rejects.toThrow("gone");
    expect(await family.call("greet", "Cy", patient)).toEqual({ ok: true, value: "Hello, Cy" });
    await expect(family.call("greet", "Di", caller.signal)).rejects.toThrow("gone");
  });
});
