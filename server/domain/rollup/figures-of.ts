import { addMeasures, type Measures, noMeasures } from "./measures";
import { mostTailMs } from "./read-rollups";
import type { Figures, PeriodFigures } from "./rollup.types";
import { meanOf, quantilesOf } from "./sketch";
import { startOfSpan } from "./span";

export const figuresOf = ({ duration, firstToken, errors: _, ...sums }: Measures): Figures => {
  const [p50 = null, p95 = null, p99 = null] = quantilesOf(duration, [0.5, 0.95, 0.99]);
  const [firstTokenP50 = null, firstTokenP95 = null] = quantilesOf(firstToken, [0.5, 0.95]);
  return { ...sums, p50, p95, p99, mean: meanOf(duration), firstTokenP50, firstTokenP95 };
};

export const sumOf = (all: Iterable<Measures>): Measures => {
  const sum = noMeasures();
  for (const measures of all) addMeasures(sum, measures);
  return sum;
};

/** A period from its stretches, against the one before. */
export const periodOf = (
  edges: readonly number[],
  stretches: readonly Measures[],
  before: Measures,
  { mark, now }: { readonly mark: number; readonly now: number },
): PeriodFigures => {
  const total = sumOf(stretches);
  return {
    total: figuresOf(total),
    before: figuresOf(before),
    stretches: stretches.map((measures, place) => ({ at: new Date(edges[place] as number), ...figuresOf(measures) })),
    errors: [...total.errors]
      .sort(([, one], [, other]) => other - one)
      .map(([code, runs]) => ({ code, runs, before: before.errors.get(code) ?? 0 })),
    countedUntil: new Date(mark),
    alsoSince: new Date(Math.max(mark, startOfSpan(now - mostTailMs))),
  };
};
