import { countLabels, groupByText } from "./check-rows";
import type { LabelledRow } from "./labelled-row";
import { nearDuplicateGroups } from "./near-duplicates";

export const cleanings = [
  "drop-duplicates",
  "drop-contradictions",
  "drop-near-duplicates",
  "drop-leakage",
  "drop-single-labels",
] as const;
export type Cleaning = (typeof cleanings)[number];

/** The rows without what the finding named; of doubles the first is kept, of contradictions none, of leaks the test row stays. */
export const cleanRows = (rows: readonly LabelledRow[], cleaning: Cleaning): LabelledRow[] => {
  const dropped = new Set<number>();
  const labels = (group: readonly number[]) => new Set(group.map((index) => rows[index]?.label)).size;
  const isTest = (index: number) => rows[index]?.split === "test";
  switch (cleaning) {
    case "drop-duplicates":
      for (const group of groupByText(rows))
        if (labels(group) === 1) for (const index of group.slice(1)) dropped.add(index);
      break;
    case "drop-contradictions":
      for (const group of groupByText(rows)) if (labels(group) > 1) for (const index of group) dropped.add(index);
      break;
    case "drop-near-duplicates":
      for (const group of nearDuplicateGroups(rows.map(({ text }) => text)))
        if (labels(group) === 1) for (const index of group.slice(1)) dropped.add(index);
      break;
    case "drop-leakage":
      for (const group of nearDuplicateGroups(rows.map(({ text }) => text)))
        if (group.some(isTest)) for (const index of group) if (!isTest(index)) dropped.add(index);
      break;
    case "drop-single-labels": {
      const counts = countLabels(rows.filter(({ split }) => split !== "test"));
      for (const [index, { label }] of rows.entries()) if ((counts.get(label) ?? 0) < 2) dropped.add(index);
      break;
    }
    default:
      cleaning satisfies never;
  }
  return rows.filter((_, index) => !dropped.has(index));
};
