import { expect, it } from "vitest";
import { keepCases, readCases } from "./cases-keeper";
import { compareLimits } from "./compare-limits";

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
const one = { id: "c1", values: { text: "where is it?" }, expected: "delivery" };

it("keeps cases apart by pipeline", () => {
  const storage = memory();
  keepCases(storage, "p", [one]);
  expect(readCases(storage, "p")).toEqual([one]);
  expect(readCases(storage, "other")).toEqual([]);
});

it("reads cases that were kept without what is expected", () => {
  const storage = memory();
  storage.setItem("pipewright.cases.p", JSON.stringify([{ id: "c1", values: { text: "old" } }]));
  expect(readCases(storage, "p")).toEqual([{ id: "c1", values: { text: "old" }, expected: "" }]);
});

it("reads nothing out of anything else, and no more than a comparison holds", () => {
  const storage = memory();
  for (const text of ["broken", "{}", '[{"id": 1}]']) {
    storage.setItem("pipewright.cases.p", text);
    expect(readCases(storage, "p")).toEqual([]);
  }
  keepCases(
    storage,
    "p",
    Array.from({ length: 40 }, (_, index) => ({ ...one, id: `c${index}` })),
  );
  expect(readCases(storage, "p")).toHaveLength(compareLimits.cases);
});

it("does without where they are too large or the storage is closed", () => {
  const storage = memory();
  keepCases(storage, "p", [one]);
  keepCases(storage, "p", [{ id: "c1", values: { text: "x".repeat(500_000) }, expected: "" }]);
  expect(readCases(storage, "p")).toEqual([]);
  const closed = () => {
    throw new Error("closed");
  };
  expect(() => keepCases({ setItem: closed, removeItem: closed }, "p", [one])).not.toThrow();
  expect(readCases({ getItem: closed }, "p")).toEqual([]);
});
