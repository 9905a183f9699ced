import type { LabelledRow } from "./labelled-row";
import { trainingLimits } from "./limits";
import { nearDuplicateGroups } from "./near-duplicates";
import { normaliseText } from "./normalise-text";

export const findingKinds = [
  "too-few-labels",
  "too-many-labels",
  "label-with-one-example",
  "few-examples",
  "duplicates",
  "near-duplicates",
  "contradictions",
  "near-contradictions",
  "leakage",
  "imbalance",
  "test-label-unseen",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** `error` stops a training, `warning` lowers its worth, `note` is worth knowing. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: "error" | "warning" | "note";
  /** Rows or labels concerned. */
  readonly count: number;
  /** A few of them: a text with the labels it carries, or a label with its number of rows. */
  readonly examples: readonly { readonly text: string; readonly detail: string }[];
}

const mostExamples = 5;
/** From here on a label has enough examples that a mean is more than an accident. */
const fewExamples = 5;
/** How many times more rows the largest label may have than the smallest before it is said. */
const imbalanceRatio = 10;

const shown = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

export const countLabels = (rows: readonly LabelledRow[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
};

/** Places of rows by the same text, read without regard to case, width and spacing. */
export const groupByText = (rows: readonly LabelledRow[]): number[][] => {
  const groups = new Map<string, number[]>();
  for (const [index, { text }] of rows.entries()) {
    const key = normaliseText(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
};

const labelsOf = (rows: readonly LabelledRow[], group: readonly number[]): string[] => [
  ...new Set(group.map((index) => rows[index]?.label ?? "")),
];

const crosses = (rows: readonly LabelledRow[], group: readonly number[]): boolean => {
  const isTest = group.map((index) => rows[index]?.split === "test");
  return isTest.includes(true) && isTest.includes(false);
};

/** What is wrong with rows to learn from, worst first. */
export const checkRows = (rows: readonly LabelledRow[]): Finding[] => {
  const findings: Finding[] = [];
  const add = (
    kind: FindingKind,
    severity: Finding["severity"],
    found: readonly unknown[],
    examples: readonly { text: string; detail: string }[],
    count = found.length,
  ) => {
    if (count > 0) findings.push({ kind, severity, count, examples: examples.slice(0, mostExamples) });
  };
  const learnt = rows.filter(({ split }) => split !== "test");
  const counts = [...countLabels(learnt)].sort((left, right) => left[1] - right[1] || (left[0] < right[0] ? -1 : 1));
  const labelExample = ([label, count]: readonly [string, number]) => ({ text: label, detail: String(count) });
  if (counts.length < trainingLimits.leastLabels)
    add("too-few-labels", "error", [], counts.map(labelExample), Math.max(1, counts.length));
  if (counts.length > trainingLimits.labels) add("too-many-labels", "error", counts, []);
  const single = counts.filter(([, count]) => count === 1);
  add("label-with-one-example", "error", single, single.map(labelExample));
  const few = counts.filter(([, count]) => count > 1 && count < fewExamples);
  add("few-examples", "warning", few, few.map(labelExample));

  const groups = groupByText(rows);
  const repeated = groups.filter((group) => group.length > 1);
  const groupExample = (group: readonly number[]) => ({
    text: shown(rows[group[0] ?? 0]?.text ?? ""),
    detail: labelsOf(rows, group).slice(0, 4).join(" · "),
  });
  const contradictory = repeated.filter((group) => labelsOf(rows, group).length > 1);
  add("contradictions", "warning", contradictory, contradictory.map(groupExample));
  const same = repeated.filter((group) => labelsOf(rows, group).length === 1);
  const extra = same.reduce((sum, group) => sum + group.length - 1, 0);
  add("duplicates", "warning", same, same.map(groupExample), extra);

  // Doubles to the letter are told above: of each one row stands for all.
  const first = groups.map((group) => group[0] ?? 0);
  const near = nearDuplicateGroups(first.map((index) => rows[index]?.text ?? "")).map((group) =>
    group.map((place) => first[place] ?? 0),
  );
  const pairExample = (group: readonly number[]) => ({
    text: group
      .slice(0, 2)
      .map((index) => shown(rows[index]?.text ?? ""))
      .join(" ↔ "),
    detail: labelsOf(rows, group).slice(0, 4).join(" · "),
  });
  const nearContradictory = near.filter((group) => labelsOf(rows, group).length > 1);
  add("near-contradictions", "note", nearContradictory, nearContradictory.map(pairExample));
  const nearSame = near.filter((group) => labelsOf(rows, group).length === 1);
  add("near-duplicates", "note", nearSame, nearSame.map(pairExample));

  const leaking = [...repeated, ...near].filter((group) => crosses(rows, group));
  add("leakage", "warning", leaking, leaking.map(pairExample));

  const [least, most] = [counts[0], counts.at(-1)];
  if (least !== undefined && most !== undefined && most[1] >= imbalanceRatio * least[1])
    add("imbalance", "warning", [], [most, least].map(labelExample), Math.round(most[1] / least[1]));
  const known = new Set(counts.map(([label]) => label));
  const unseen = [...countLabels(rows.filter(({ split }) => split === "test"))].filter(([label]) => !known.has(label));
  add("test-label-unseen", "warning", unseen, unseen.map(labelExample));
  const rank = { error: 0, warning: 1, note: 2 } as const;
  return findings.sort((left, right) => rank[left.severity] - rank[right.severity]);
};
