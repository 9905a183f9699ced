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
  /** Some rows share a group. */
  readonly grouped: boolean;
  /** Rows that ask what a row before them asks. */
  readonly copies: number;
}

/** Rows of one group are one cluster, and so are rows that ask the same, whatever their groups. */
export const frameOf = (rows: readonly ReportRow[]): Frame => {
  const parents = Int32Array.from(rows.keys());
  const root = (row: number): number => {
    let at = row;
    while (parents[at] !== at) {
      // Half of the way is forgotten each time: the next walk is short.
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  const join = (namesOf: (row: ReportRow) => string | null | undefined) => {
    const first = new Map<string, number>();
    let joined = 0;
    for (const [row, each] of rows.entries()) {
      const name = namesOf(each);
      if (name === null || name === undefined || name === "") continue;
      const known = first.get(name);
      if (known === undefined) first.set(name, row);
      else {
        joined += 1;
        const [one, other] = [root(known), root(row)];
        parents[Math.max(one, other)] = Math.min(one, other);
      }
    }
    return joined;
  };
  const grouped = join(({ group }) => group) > 0;
  const copies = join(({ inputsKey }) => inputsKey);
  const places = new Map<number, number>();
  const clusters = Int32Array.from(rows.keys(), (row) => {
    const place = places.get(root(row)) ?? places.size;
    places.set(root(row), place);
    return place;
  });
  return {
    rows,
    weights: Float64Array.from(rows, ({ weight }) => weight),
    clusters,
    planned: places.size,
    weighted: rows.some(({ weight }) => weight !== rows[0]?.weight),
    clustered: places.size < rows.length,
    grouped,
    copies,
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
  /** By variant: rows whose value is the worst that was seen, because an answer failed or could not be read. */
  readonly lacking: readonly number[];
  /** Rows left out because their answers were given at different times. */
  readonly apart: number;
  /** Of a judge that counts: what people said of the same answers. */
  readonly labels?: PeopleLabels;
}

const partsOf = (cells: readonly Cell[], scorerId: string, rows: number): Parts => {
  const parts: unknown[] = [];
  const places = new Int32Array(cells.length);
  const counts = new Uint16Array(rows);
  for (const { scores, row } of cells) {
    const part = scores[scorerId]?.parts;
    if (part === undefined || row >= rows) continue;
    counts[row] = (counts[row] as number) + 1;
    places[parts.length] = row;
    parts.push(part);
  }
  const own = places.slice(0, parts.length);
  const shares = new Float64Array(parts.length);
  for (let place = 0; place < own.length; place += 1) shares[place] = 1 / (counts[own[place] as number] as number);
  return { parts, rows: own, shares };
};

/** Rows whose answers were not all given in one experiment. */
const rowsApart = ({ cells, rows }: ReportInput): Uint8Array => {
  const sources = new Array<string | undefined>(rows.length);
  const apart = new Uint8Array(rows.length);
  for (const { row, source = "" } of cells) {
    if (row >= rows.length) continue;
    sources[row] ??= source;
    if (sources[row] !== source) apart[row] = 1;
  }
  return apart;
};

/** Values of the rows of each variant. What an answer should have and lacks counts as the worst of all variants, and what it took until it failed at the least. */
const valuesOf = (
  byVariant: readonly (readonly Cell[])[],
  rows: number,
  { scorerId, definition: { key, better, unit } }: Pick<MetricEvidence, "scorerId" | "definition">,
  apart: Uint8Array | null,
) => {
  const lower = better === "lower";
  let worst = lower ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  for (const cells of byVariant)
    for (const { scores } of cells) {
      const value = scores[scorerId]?.values[key];
      if (typeof value === "number" && Number.isFinite(value))
        worst = lower ? Math.max(worst, value) : Math.min(worst, value);
    }
  const lacking = byVariant.map(() => new Set<number>());
  const values = byVariant.map((cells, variant) => {
    const means = new RowMeans(rows);
    for (const { row, scores, durationMs } of cells) {
      if (apart?.[row] === 1) continue;
      const score = scores[scorerId];
      if (score?.lacking?.includes(key) === true && Number.isFinite(worst)) {
        lacking[variant]?.add(row);
        means.add(row, unit === "milliseconds" && lower ? Math.max(worst, durationMs) : worst);
      } else means.add(row, score?.values[key]);
    }
    return means.means();
  });
  return { values, lacking: lacking.map(({ size }) => size) };
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
  const apart = rowsApart(input);
  const none = { lacking: input.variants.map(() => 0), apart: 0 };
  return input.scorers.flatMap((scorer): MetricEvidence[] => {
    const { id: scorerId, counts } = scorer;
    if (scorer.pairwise) {
      const means = input.variants.map(() => new RowMeans(rows));
      for (const pair of input.pairs) if (pair.scorerId === scorerId) means[pair.variant]?.add(pair.row, pair.value);
      const definition = scorer.metrics[0] ?? preferenceMetric;
      const values = means.map((mean) => mean.means());
      return [{ scorerId, definition, counts, kind: "pair", values, parts: [], ...none, ...labelsOf(scorer, values) }];
    }
    const parts = scorer.metrics.some(({ corpus }) => corpus !== undefined)
      ? byVariant.map((cells) => partsOf(cells, scorerId, rows))
      : [];
    return scorer.metrics.map((definition) => {
      if (definition.corpus !== undefined)
        return { scorerId, definition, counts, kind: "corpus" as const, values: [], parts, ...none };
      const leftOut = definition.timed === true ? apart : null;
      const { values, lacking } = valuesOf(byVariant, rows, { scorerId, definition }, leftOut);
      return {
        scorerId,
        definition,
        counts,
        kind: "mean" as const,
        values,
        lacking,
        parts: [],
        apart: leftOut === null ? 0 : leftOut.reduce((sum, each) => sum + each, 0),
        ...labelsOf(scorer, values),
      };
    });
  });
};
