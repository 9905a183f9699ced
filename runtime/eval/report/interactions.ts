import type { Interaction } from "../contract/report";
import { holm } from "../statistics/adjust";
import { studentCdf } from "../statistics/student";
import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";
import type { Segment } from "./segments";

/** Clusters on each side before a contrast is looked at. */
const leastClusters = 20;

/**
 * Segments where a variant does the opposite of what it does elsewhere: the contrast of the difference within and without, by Welch's test, corrected by Holm over all
 * segments and variants (treatment by covariate; M. Gail and R. Simon, Biometrics 41 (1985) 361, call it qualitative where the signs part).
 */
export const interactionsOf = (
  evidence: MetricEvidence,
  frame: Frame,
  segments: readonly Segment[],
  { baseline, alpha, negligible }: { baseline: number; alpha: number; negligible: number },
): Interaction[] => {
  if (evidence.kind === "corpus") return [];
  const contrasts = evidence.values.flatMap((_, variant) => {
    if (variant === baseline) return [];
    const differences = differencesOf(evidence, variant, baseline);
    return segments.flatMap(({ kind, name, folded, rows }) => {
      const side = (is: 0 | 1) => {
        const own = new Float64Array(differences.length).fill(Number.NaN);
        for (let row = 0; row < own.length; row += 1) if (rows[row] === is) own[row] = differences[row] as number;
        return findingOf(own, frame, evidence);
      };
      const [within, without] = folded > 0 ? [null, null] : [side(1), side(0)];
      if (within === null || without === null || within.error === null || without.error === null) return [];
      const clusters = Math.min(within.clusters, without.clusters);
      if (clusters < leastClusters) return [];
      const t = (within.value - without.value) / Math.hypot(within.error, without.error);
      const pValue = 2 * (1 - studentCdf(Math.abs(t), clusters - 1));
      return [{ variant, kind, name, rows: within.rows, within: within.value, without: without.value, pValue }];
    });
  });
  const adjusted = holm(contrasts.map(({ pValue }) => pValue));
  return (
    contrasts
      .map((each, place) => ({ ...each, pValue: adjusted[place] as number }))
      .filter(
        ({ within, without, pValue }) =>
          pValue <= alpha && within * without < 0 && Math.min(Math.abs(within), Math.abs(without)) > negligible,
      )
      .sort((one, other) => one.pValue - other.pValue)
      // Of two segments that are each other's rest, one says it.
      .filter(
        (each, place, all) =>
          !all
            .slice(0, place)
            .some(
              ({ variant, within, without }) =>
                variant === each.variant && within === each.without && without === each.within,
            ),
      )
  );
};
