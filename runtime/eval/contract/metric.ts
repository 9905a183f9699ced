import type { Localized } from "@/runtime/node/localized";

/**
 * What a metric's value of one row can be: `binary` is 0 or 1, `unit` lies in 0..1, `number` is any number. It decides which interval and which test
 * are used.
 */
export type MetricScale = "binary" | "unit" | "number";
export type MetricUnit = "milliseconds" | "tokens" | "micro-usd" | "characters" | "words" | "edits";

export interface MetricDefinition {
  /** kebab-case, unique within its scorer: never rename. */
  readonly key: string;
  readonly title: Localized;
  readonly scale: MetricScale;
  readonly better: "higher" | "lower";
  /** Left out: a share or a score, shown in percent or points. */
  readonly unit?: MetricUnit;
  /** Hangs on the moment it was measured, as latency and cost do: values of different times are never compared. */
  readonly timed?: true;
  /**
   * A metric of all rows together, such as macro-F1 or corpus BLEU, that is no mean of the rows' values. `parts` are what the scorer kept of each
   * row that it scored; row i counts `times[i]` times (a bootstrap draw times the row's weight). null where it is not defined. Called thousands of
   * times: linear in the rows, without garbage.
   */
  readonly corpus?: (parts: readonly unknown[], times: ArrayLike<number>) => number | null;
}

/** A metric of an experiment: `<id of the scorer in the spec>.<metric key>`. */
export type MetricId = `${string}.${string}`;

export const metricId = (scorerId: string, key: string): MetricId => `${scorerId}.${key}`;
