import { isLabelParts } from "../contract/label-parts";
import type { ConfusionMatrix } from "../contract/report";
import type { ReportInput } from "../contract/report-input";

/** Labels of one matrix; the last one stands for all others where there are more. */
export const mostLabels = 30;

/** Counts of what cells were and what they were said to be, for every scorer that compares labels. */
export const confusionOf = (input: ReportInput): ConfusionMatrix[] =>
  input.scorers.flatMap(({ id: scorerId }) => {
    const support = new Map<string, number>();
    const seen: { variant: number; actual: string; predicted: string }[] = [];
    for (const { variant, scores } of input.cells) {
      const parts = scores[scorerId]?.parts;
      if (!isLabelParts(parts)) continue;
      seen.push({ variant, actual: parts.actual, predicted: parts.predicted });
      support.set(parts.actual, (support.get(parts.actual) ?? 0) + 1);
      support.set(parts.predicted, support.get(parts.predicted) ?? 0);
    }
    if (seen.length === 0) return [];
    const ranked = [...support].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    const folded = ranked.length > mostLabels;
    const labels = ranked.slice(0, folded ? mostLabels - 1 : mostLabels).map(([label]) => label);
    if (folded) labels.push("…");
    const places = new Map(labels.map((label, place) => [label, place]));
    const place = (label: string) => places.get(label) ?? labels.length - 1;
    return input.variants.map((_, variant) => {
      const counts = labels.map(() => labels.map(() => 0));
      for (const each of seen) {
        const line = counts[place(each.actual)];
        if (each.variant !== variant || line === undefined) continue;
        const column = place(each.predicted);
        line[column] = (line[column] ?? 0) + 1;
      }
      return { scorerId, variant, labels, counts };
    });
  });
