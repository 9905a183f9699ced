import { describe, expect, it } from "vitest";
import { readRecentInputs, recentLimit, rememberInputs } from "./recent-inputs";

const memory = () => {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
};

describe("recent inputs", () => {
  it("keeps the newest first, each once, and no more than the limit", () => {
    const storage = memory();
    for (let index = 0; index < recentLimit + 3; index += 1) rememberInputs(storage, "p", { text: index });
    rememberInputs(storage, "p", { text: recentLimit });
    const recent = readRecentInputs(storage, "p");
    expect(recent).toHaveLength(recentLimit);
    expect(recent[0]).toEqual({ text: recentLimit });
    expect(recent.filter(({ text }) => text === recentLimit)).toHaveLength(1);
  });
  it("leaves out what is very large, and survives rubbish and a full storage", () => {
    const storage = memory();
    rememberInputs(storage, "p", { text: "x".repeat(100_001) });
    expect(readRecentInputs(storage, "p")).toEqual([]);
    expect(readRecentInputs({ getItem: () => "{broken" }, "p")).toEqual([]);
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(() => rememberInputs(full, "p", { a: 1 })).not.toThrow();
  });
});
