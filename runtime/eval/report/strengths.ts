import type { Strengths } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import { bradleyTerry, type Match } from "../statistics/bradley-terry";
import { unseenReach } from "../statistics/scaled-score";
import { studentQuantile } from "../statistics/student";
import type { Frame } from "./evidence";

/** What the pairs of one scorer say; repeats of a row share its weight. */
const matchesOf = (input: ReportInput, frame: Frame, scorerId: string): Match[] => {
  const repeats = new Map<string, number>();
  const own = input.pairs.filter((pair) => pair.scorerId === scorerId && pair.value !== null);
  for (const { row, variant } of own) repeats.set(`${row}/${variant}`, (repeats.get(`${row}/${variant}`) ?? 0) + 1);
  return own.map(({ row, variant, value }) => ({
    first: variant,
    second: input.baseline,
    share: (1 + (value ?? 0)) / 2,
    weight: (frame.weights[row] ?? 1) / (repeats.get(`${row}/${variant}`) ?? 1),
    cluster: frame.clusters[row] ?? 0,
  }));
};

/** How strong each of three variants or more is by a scorer that compares two answers, with intervals that hold for all of them together. */
export const strengthsOf = (
  input: ReportInput,
  frame: Frame,
  { scorerId, metric, alpha }: { scorerId: string; metric: Strengths["metric"]; alpha: number },
): Strengths | null => {
  const size = input.variants.length;
  const matches = size < 3 ? [] : matchesOf(input, frame, scorerId);
  const found = matches.length === 0 ? null : bradleyTerry(matches, size, input.baseline);
  if (found === null) return null;
  const { values, errors, bounded, clusters } = found;
  const level = alpha / (size - 1);
  const reach = clusters > 1 ? studentQuantile(1 - level / 2, clusters - 1) : Number.NaN;
  const chance = (strength: number) => 1 / (1 + Math.exp(-strength));
  return {
    metric,
    confidence: 1 - level,
    clusters,
    entries: input.variants.map((_, variant) => {
      const own = matches.filter(({ first }) => first === variant);
      const rows = new Set(own.map(({ cluster }) => cluster)).size;
      if (!bounded.includes(variant)) {
        const beyond = own.length === 0 ? "apart" : own.some(({ share }) => share > 0) ? "above" : "below";
        return { variant, rows, chance: null, beyond };
      }
      const [value, error] = [values[variant] as number, errors[variant] as number];
      // Where all are drawn nothing varies, and yet so few say no more than that: as far as an interval of preferences reaches there, halved for a chance.
      const least = unseenReach(Math.max(1, rows), level) / 2;
      const middle = chance(value);
      const known = variant !== input.baseline && Number.isFinite(error * reach);
      return {
        variant,
        rows,
        chance: {
          value: middle,
          low: known ? Math.max(0, Math.min(chance(value - reach * error), middle - least)) : null,
          high: known ? Math.min(1, Math.max(chance(value + reach * error), middle + least)) : null,
          method: "bradley-terry",
        },
        beyond: null,
      };
    }),
  };
};
