import type { ReportInput } from "../contract/report-input";
import { RowMeans } from "./row-means";

/** What people said of answers that a judge judged too. By variant and row. */
export interface PeopleLabels {
  /** NaN where nobody said anything. */
  readonly people: readonly Float64Array[];
  /** 1 where the run failed, so that the judge's 0 needs no labels. */
  readonly sure: readonly Uint8Array[];
}

/** null where nobody labelled what the scorer judged. */
export const peopleLabels = (
  input: ReportInput,
  scorerId: string,
  judged: readonly Float64Array[],
): PeopleLabels | null => {
  const own = input.labels?.filter((label) => label.scorerId === scorerId) ?? [];
  if (own.length === 0) return null;
  const rows = input.rows.length;
  const key = (variant: number, row: number, repeat: number) => (variant * rows + row) * 32 + repeat;
  const places = new Set(own.map(({ variant, row, repeat }) => key(variant, row, repeat)));
  const said = new Map<number, number>();
  const [metric] = input.scorers.find(({ id }) => id === scorerId)?.metrics ?? [];
  const answers = input.variants.map(() => new Uint16Array(rows));
  const failures = input.variants.map(() => new Uint16Array(rows));
  for (const { variant, row, repeat, status, scores } of input.cells) {
    const count = (counts: Uint16Array | undefined) => {
      if (counts !== undefined && row < rows) counts[row] = (counts[row] as number) + 1;
    };
    count(answers[variant]);
    if (status === "failure") count(failures[variant]);
    const value = scores[scorerId]?.values[metric?.key ?? ""];
    if (typeof value === "number" && places.has(key(variant, row, repeat))) said.set(key(variant, row, repeat), value);
  }
  for (const { scorerId: id, variant, row, repeat, value } of input.pairs)
    if (id === scorerId && value !== null) said.set(key(variant, row, repeat), value);
  const means = input.variants.map(() => new RowMeans(rows));
  for (const { variant, row, repeat, value } of own) {
    const judge = said.get(key(variant, row, repeat));
    const mean = judged[variant]?.[row];
    // Of one repeat: how far the judge was off there goes with its mean over all of them.
    if (judge !== undefined && mean !== undefined) means[variant]?.add(row, mean + value - judge);
  }
  const failed = (variant: number, row: number) =>
    (failures[variant]?.[row] ?? 0) > 0 && failures[variant]?.[row] === answers[variant]?.[row];
  const pairwise = input.scorers.some(({ id, pairwise: is }) => id === scorerId && is);
  return {
    people: means.map((each) => each.means()),
    sure: input.variants.map((_, variant) =>
      Uint8Array.from({ length: rows }, (_unused, row) =>
        failed(variant, row) || (pairwise && failed(input.baseline, row)) ? 1 : 0,
      ),
    ),
  };
};
