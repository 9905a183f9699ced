import type { Cell, ReportRow } from "../contract/cell";
import type { MetricDefinition } from "../contract/metric";
import type { ReportInput } from "../contract/report-input";
import { preferenceMetric } from "../contract/scorer";
import { type PeopleLabels, peopleLabels } from "./people-labels";
import { RowMeans } from "./row-means";

/** Rows as statistics see them. */
export interface Frame {
  readonly rows: readonly ReportRow[];
  readonly weights: Float64Array;
  /** Place of the cluster of each row. */
  readonly clusters: Int32Array;
  /** Clusters of all rows, those without cells yet included. */
  readonly planned: number;
  readonly weighted: boolean;
  readonly clustered: boolean;
}

export const frameOf = (rows: readonly ReportRow[]): Frame => {
  const places = new Map<string, number>();
  const clusters = new Int32Array(rows.length);
  let next = 0;
  for (const [row, { group }] of rows.entries()) {
    const known = group === null ? undefined : places.get(group);
    clusters[row] = known ?? next;
    if (known !== undefined) continue;
    if (group !== null) places.set(group, next);
    next += 1;
  }
  return {
    rows,
    weights: Float64Array.from(rows, ({ weight }) => weight),
    clusters,
    planned: next,
    weighted: rows.some(({ weight }) => weight !== rows[0]?.weight),
    clustered: next < rows.length,
  };
};

/** What a scorer kept of each scored cell of one variant, and the row of each. */
export interface Parts {
  readonly parts: readonly unknown[];
  readonly rows: Int32Array;
  /** 1 / scored repeats of the row: repeats of a row count together as one. */
  readonly shares: Float64Array;
}

export interface MetricEvidence {
  readonly scorerId: string;
  readonly definition: MetricDefinition;
  readonly counts: boolean;
  readonly kind: "mean" | "corpus" | "pair";
  /** By variant: value of each row, averaged over its repeats; NaN where there is none. For `pair`: preference over the baseline. */
  readonly values: readonly Float64Array[];
  /** By variant, for `corpus`. */
  readonly parts: readonly Parts[];
  /** Of a judge that counts: what people said of the same answers. */
  readonly labels?: PeopleLabels;
}

const partsOf = (cells: readonly Cell[], scorerId: string, rows: number): Parts => {
  const scored = cells.filter(({ scores, row }) => scores[scorerId]?.parts !== undefined && row < rows);
  const counts = new Uint16Array(rows);
  for (const { row } of scored) counts[row] = (counts[row] as number) + 1;
  return {
    parts: scored.map(({ scores }) => scores[scorerId]?.parts),
    rows: Int32Array.from(scored, ({ row }) => row),
    shares: Float64Array.from(scored, ({ row }) => 1 / (counts[row] as number)),
  };
};

/** Sorts what the cells say by metric and variant, repeats averaged within their row. */
export const gatherEvidence = (input: ReportInput): MetricEvidence[] => {
  const rows = input.rows.length;
  const byVariant = input.variants.map((): Cell[] => []);
  const order = input.cells.toSorted((one, other) => one.row - other.row || one.repeat - other.repeat);
  for (const cell of order) byVariant[cell.variant]?.push(cell);
  const labelsOf = ({ id, counts }: ReportInput["scorers"][number], values: readonly Float64Array[]) => {
    const labels = counts ? peopleLabels(input, id, values) : null;
    return labels === null ? {} : { labels };
  };
  return input.scorers.flatMap((scorer): MetricEvidence[] => {
    const { id: scorerId, counts } = scorer;
    if (scorer.pairwise) {
      const means = input.variants.map(() => new RowMeans(rows));
      for (const pair of input.pairs) if (pair.scorerId === scorerId) means[pair.variant]?.add(pair.row, pair.value);
      const definition = scorer.metrics[0] ?? preferenceMetric;
      const values = means.map((mean) => mean.means());
      return [{ scorerId, definition, counts, kind: "pair", values, parts: [], ...labelsOf(scorer, values) }];
    }
    const parts = scorer.metrics.some(({ corpus }) => corpus !== undefined)
      ? byVariant.map((cells) => partsOf(cells, scorerId, rows))
      : [];
    return scorer.metrics.map((definition) => {
      if (definition.corpus !== undefined)
        return { scorerId, definition, counts, kind: "corpus" as const, values: [], parts };
      const values = byVariant.map((cells) => {
        const means = new RowMeans(rows);
        for (const { row, scores } of cells) means.add(row, scores[scorerId]?.values[definition.key]);
        return means.means();
      });
      return { scorerId, definition, counts, kind: "mean" as const, values, parts: [], ...labelsOf(scorer, values) };
    });
  });
};
