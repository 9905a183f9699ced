import { expect, it } from "vitest";
import { findSampleAccount } from "./sample-accounts";

it("adds each bill up from its lines, in both languages", () => {
  for (const number of ["100417", "100823", "101256"]) {
    for (const language of ["en", "zh"] as const) {
      const account = findSampleAccount(number, language);
      for (const { total, lines } of account?.bills ?? [])
        expect(total).toBeCloseTo(
          lines.reduce((sum, { amount }) => sum + amount, 0),
          9,
        );
      expect(account?.bills.map(({ month }) => month)).toEqual(["2026-11", "2026-10", "2026-09"]);
    }
    expect(findSampleAccount(number, "en")?.bills[0]?.total).toBe(findSampleAccount(number, "zh")?.bills[0]?.total);
  }
});

it("knows nobody else, whatever they are called", () => {
  for (const number of ["", "none", "__proto__", "constructor", "100418"])
    expect(findSampleAccount(number, "en")).toBeNull();
});
