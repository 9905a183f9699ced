import { nearDuplicateSteps } from "@/runtime/fine-tuning/near-duplicates";
import { normaliseText } from "@/runtime/fine-tuning/normalise-text";
import { canonicalJson } from "@/runtime/graph/hash";
import type { Steps } from "@/runtime/node/steps";
import type { DatasetRow } from "../contract/dataset-row";

export const caseFindingKinds = [
  "duplicates",
  "contradictions",
  "near-duplicates",
  "split-leakage",
  "no-expected",
] as const;
export type CaseFindingKind = (typeof caseFindingKinds)[number];

export interface CaseFinding {
  readonly kind: CaseFindingKind;
  /** Rows concerned, beyond the first of each group where it is about groups. */
  readonly count: number;
  /** A few groups of row ids, with the beginning of their text. */
  readonly examples: readonly { readonly ids: readonly string[]; readonly text: string }[];
  /** Rows that would be taken out to mend it; empty where a person has to decide. */
  readonly removable: readonly string[];
}

const mostExamples = 5;
/** Rows compared for likeness: beyond, only the first so many are. */
export const mostCompared = 10_000;
const mostRemovable = 1_000;

const textOf = ({ inputs }: DatasetRow): string =>
  Object.values(inputs)
    .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
    .join("\n");

function* grouped(rows: readonly DatasetRow[], keyOf: (row: DatasetRow) => string): Steps<DatasetRow[][]> {
  const groups = new Map<string, DatasetRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
    yield;
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Whether the rows of a group have more than one key. */
function* differ(group: readonly DatasetRow[], keyOf: (row: DatasetRow) => string): Steps<boolean> {
  const keys = new Set<string>();
  for (const row of group) {
    keys.add(keyOf(row));
    if (keys.size > 1) return true;
    yield;
  }
  return false;
}

const crosses = (group: readonly DatasetRow[]): boolean => {
  const splits = new Set(group.map(({ split }) => (split === "train" ? "train" : split === null ? null : "held out")));
  return splits.has("train") && splits.has("held out");
};

/** What is wrong with cases to evaluate on, worst first, left after each row: contradictions, the same case twice, cases that training has seen, and almost the same ones. */
export function* checkCases(rows: readonly DatasetRow[]): Steps<CaseFinding[]> {
  const same = yield* grouped(rows, (row) => normaliseText(textOf(row)));
  const [contradictory, repeated]: [DatasetRow[][], DatasetRow[][]] = [[], []];
  for (const group of same) {
    const isContradictory = yield* differ(group, ({ expected }) => canonicalJson(expected));
    (isContradictory ? contradictory : repeated).push(group);
  }
  const compared = rows.slice(0, mostCompared);
  const near: DatasetRow[][] = [];
  for (const places of yield* nearDuplicateSteps(compared.map(textOf))) {
    const group = places.map((place) => compared[place] as DatasetRow);
    if (yield* differ(group, (row) => normaliseText(textOf(row)))) near.push(group);
  }
  const leaking = [...same, ...near].filter(crosses);
  const bare = rows.some(({ expected }) => Object.keys(expected).length > 0)
    ? rows.filter(({ expected }) => Object.keys(expected).length === 0)
    : [];
  const finding = (
    kind: CaseFindingKind,
    groups: readonly (readonly DatasetRow[])[],
    removable: readonly string[] = [],
  ): CaseFinding[] =>
    groups.length === 0
      ? []
      : [
          {
            kind,
            count: groups.reduce((sum, group) => sum + Math.max(1, group.length - 1), 0),
            examples: groups.slice(0, mostExamples).map((group) => ({
              ids: group.slice(0, 10).map(({ id }) => id),
              text: textOf(group[0] as DatasetRow).slice(0, 160),
            })),
            removable: removable.slice(0, mostRemovable),
          },
        ];
  return [
    ...finding("contradictions", contradictory),
    ...finding(
      "duplicates",
      repeated,
      repeated.flatMap((group) => group.slice(1).map(({ id }) => id)),
    ),
    ...finding("split-leakage", leaking),
    ...finding("near-duplicates", near),
    ...finding(
      "no-expected",
      bare.map((row) => [row]),
    ),
  ];
}
