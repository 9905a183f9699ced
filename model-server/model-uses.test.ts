import { describe, expect, it } from "vitest";
import { ModelUses } from "./model-uses";

describe("ModelUses", () => {
  it("finds a model idle only when nobody uses it and the time has passed since its last use ended", async () => {
    let now = 1000;
    const uses = new ModelUses(() => now);
    expect([uses.isIdle("a", 0), uses.lastUsedAt("a")]).toEqual([false, undefined]);
    let finish = () => {};
    const work = uses.during("a", () => new Promise<void>((resolve) => (finish = resolve)));
    now = 9000;
    expect([uses.isIdle("a", 100), uses.isInUse("a")]).toEqual([false, true]);
    finish();
    await work;
    expect([uses.isIdle("a", 100), uses.isInUse("a"), uses.lastUsedAt("a")]).toEqual([false, false, 9000]);
    now = 9099;
    expect(uses.isIdle("a", 100)).toBe(false);
    now = 9100;
    expect(uses.isIdle("a", 100)).toBe(true);
  });

  it("counts every user, and those whose work fails", async () => {
    const uses = new ModelUses(() => 0);
    const first = uses.during("a", async () => uses.during("a", async () => "inner"));
    expect(await first).toBe("inner");
    await expect(uses.during("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(uses.isInUse("a")).toBe(false);
  });
});
