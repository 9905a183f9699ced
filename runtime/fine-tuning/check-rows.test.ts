import { describe, expect, it } from "vitest";
import { checkRows } from "./check-rows";
import { cleanRows } from "./clean-rows";
import type { LabelledRow } from "./labelled-row";

const row = (text: string, label: string, split?: "train" | "test"): LabelledRow => ({
  text,
  label,
  ...(split && { split }),
});
const topics = [
  "parcel",
  "invoice",
  "password",
  "refund",
  "holiday",
  "meeting",
  "kitchen",
  "garden",
  "music",
  "winter",
];
const many = (label: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    row(
      `${label} asks about ${topics[index % 10]} ${topics[Math.floor(index / 10) % 10]} ${(index * 7919).toString(36)}`,
      label,
    ),
  );
const fine = [...many("alpha", 6), ...many("beta", 6)];
const kinds = (rows: readonly LabelledRow[]) => checkRows(rows).map(({ kind, count }) => [kind, count]);

describe("checking rows", () => {
  it("finds nothing in rows that are fine", () => {
    expect(checkRows(fine)).toEqual([]);
  });

  it("finds doubles whatever their case, width and spacing, and keeps the first", () => {
    const rows = [...fine, row("Where is  MY parcel？", "alpha"), row("where is my parcel?", "alpha")];
    expect(kinds(rows)).toEqual([["duplicates", 1]]);
    expect(cleanRows(rows, "drop-duplicates")).toEqual(rows.slice(0, -1));
  });

  it("finds one text with two labels, and drops both sides", () => {
    const rows = [...fine, row("it is broken", "alpha"), row("It is broken", "beta")];
    expect(checkRows(rows)[0]).toMatchObject({
      kind: "contradictions",
      count: 1,
      examples: [{ text: "it is broken", detail: "alpha · beta" }],
    });
    expect(cleanRows(rows, "drop-contradictions")).toEqual(fine);
  });

  it("finds texts that say nearly the same, in English and in Chinese", () => {
    const rows = [
      ...fine,
      row("My card has not arrived yet and I am worried about it", "alpha"),
      row("my card has not arrived yet, and I am worried about it!!", "alpha"),
      row("请问我的银行卡什么时候可以寄到我家里", "beta"),
      row("请问，我的银行卡什么时候可以寄到我家里？", "beta"),
    ];
    expect(kinds(rows)).toEqual([["near-duplicates", 2]]);
    expect(cleanRows(rows, "drop-near-duplicates")).toHaveLength(rows.length - 2);
  });

  it("finds what stands on both sides of the test, and takes it out of the training", () => {
    const rows = [
      ...fine,
      row("a question that leaks into the test part", "alpha"),
      row("A question that leaks into the test part!", "alpha", "test"),
    ];
    expect(kinds(rows)).toContainEqual(["leakage", 1]);
    const cleaned = cleanRows(rows, "drop-leakage");
    expect(cleaned).toHaveLength(rows.length - 1);
    expect(cleaned.at(-1)?.split).toBe("test");
  });

  it("stops a training on a label with one example or fewer than two labels", () => {
    expect(checkRows([...fine, row("alone", "gamma")])[0]).toMatchObject({
      kind: "label-with-one-example",
      severity: "error",
      examples: [{ text: "gamma", detail: "1" }],
    });
    expect(cleanRows([...fine, row("alone", "gamma")], "drop-single-labels")).toEqual(fine);
    expect(checkRows(many("alpha", 6))[0]).toMatchObject({ kind: "too-few-labels", severity: "error" });
  });

  it("stops a training on more labels than a head takes", () => {
    const rows = Array.from({ length: 1_001 }, (_, index) => [
      row(`${index} x`, `l${index}`),
      row(`${index} y`, `l${index}`),
    ]).flat();
    expect(checkRows(rows)[0]).toMatchObject({ kind: "too-many-labels", count: 1_001 });
  });

  it("warns of few examples, of a lopsided set, and of labels only the test knows", () => {
    expect(kinds([...many("alpha", 30), ...many("beta", 3), row("strange", "gamma", "test")])).toEqual([
      ["few-examples", 1],
      ["imbalance", 10],
      ["test-label-unseen", 1],
    ]);
  });
});
