import type { Dropped } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import { spentOnLook } from "../statistics/looks";
import { leadOf, pairLevel } from "./elimination";
import type { Frame, MetricEvidence } from "./evidence";

/** The same without answers that were under way when their variant was dropped: which of them came is chance. */
export const withoutDropped = (input: ReportInput): ReportInput => {
  const { dropped = [] } = input;
  if (dropped.length === 0) return input;
  const upTo = new Map(dropped.map(({ variant, rows }) => [variant, rows]));
  const counts = ({ variant, row }: { readonly variant: number; readonly row: number }) =>
    row < (upTo.get(variant) ?? Number.POSITIVE_INFINITY);
  return {
    ...input,
    cells: input.cells.filter(counts),
    pairs: input.pairs.filter(counts),
    ...(input.labels && { labels: input.labels.filter(counts) }),
    ...(input.unansweredRows && {
      unansweredRows: input.unansweredRows.map((rows, variant) => rows.filter((row) => counts({ variant, row }))),
    }),
    // What was not run is not missing.
    cellsTotal: input.cellsTotal - input.cells.length + input.cells.filter(counts).length,
  };
};

/** Rows that a variant was not run on because it was dropped. */
export const rowsNotRun = ({ dropped = [], rows }: ReportInput, variant: number): number => {
  const drop = dropped.find((each) => each.variant === variant);
  return drop === undefined ? 0 : rows.length - drop.rows;
};

/** Part of its look's alpha that an experiment drops losers by; what is said of whoever is left has the rest. */
const droppingShare = 0.5;

/** Part of its look's alpha that is left for what is said. */
export const partLeft = (dropping: boolean): number => (dropping ? 1 - droppingShare : 1);

/** The level that losers are dropped at: of a look, its part; of a follow-up, of what it may spend. */
export const droppingAlpha = (number: number, alpha: number): number => droppingShare * spentOnLook(number, alpha);

/** Who was dropped, and by how much another was ahead of them then. */
export const droppedOf = (input: ReportInput, evidence: MetricEvidence, frame: Frame): Dropped[] => {
  const { number, alpha } = input.look ?? { number: 1, alpha: input.alpha };
  const level = pairLevel(droppingAlpha(number, alpha), input.variants.length);
  return (input.dropped ?? []).map(({ variant, rows, by }) => {
    const lead = leadOf(evidence, frame, { better: by, worse: variant, rows, level });
    const { value, low, high } = lead ?? { value: Number.NaN, low: null, high: null };
    return {
      variant,
      rows,
      by,
      lead: { value: Number.isNaN(value) ? 0 : value, low, high, method: "confidence-sequence" },
      confidence: 1 - level,
    };
  });
};
