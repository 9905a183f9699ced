import fc from "fast-check";
import { expect, it } from "vitest";
import { holdOut } from "./split-rows";
import { separableRows } from "./training-fixture";

it("holds out a share of every label, the same one for the same seed", () => {
  const { rows } = separableRows(300);
  const { kept, heldOut } = holdOut(rows, 0.2, 1);
  expect([...kept, ...heldOut].sort((left, right) => left - right)).toEqual(rows.map((_, index) => index));
  for (const label of ["billing", "delivery", "returns"])
    expect(heldOut.filter((index) => rows[index]?.label === label)).toHaveLength(20);
  expect(holdOut(rows, 0.2, 1)).toEqual({ kept, heldOut });
  expect(holdOut(rows, 0.2, 2)).not.toEqual({ kept, heldOut });
});

it("keeps rows that say nearly the same on one side", () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    text: `Please tell me when parcel number ${Math.floor(index / 2) * 977} will arrive at my house${index % 2 ? "!" : ""}`,
    label: index < 20 ? "a" : "b",
  }));
  const { heldOut } = holdOut(rows, 0.3, 3);
  const held = new Set(heldOut);
  expect(heldOut.length).toBeGreaterThan(0);
  for (const index of heldOut) expect(held.has(index ^ 1)).toBe(true);
});

it("leaves every label a row to learn from", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      (labels, share) => {
        const rows = labels.map((label, index) => ({
          text: `${(index * 7_919 + 13).toString(36)} ${(index * 104_729).toString(2)}`,
          label,
        }));
        const { kept } = holdOut(rows, share, 1);
        expect(new Set(kept.map((index) => labels[index]))).toEqual(new Set(labels));
      },
    ),
  );
});
