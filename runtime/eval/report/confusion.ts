import { isLabelParts } from "../contract/label-parts";
import type { ConfusionMatrix } from "../contract/report";
import type { ReportInput } from "../contract/report-input";

/** Labels of one matrix; the last one stands for all others where there are more. */
export const mostLabels = 30;

/** Counts of what cells were and what they were said to be, for every scorer that compares labels. */
export const confusionOf = (input: ReportInput): ConfusionMatrix[] =>
  input.scorers.flatMap(({ id: scorerId }) => {
    const support = new Map<string, number>();
    const seen = input.variants.map(() => new Map<string, Map<string, number>>());
    for (const { variant, scores } of input.cells) {
      const parts = scores[scorerId]?.parts;
      const own = seen[variant];
      if (!isLabelParts(parts) || own === undefined) continue;
      const line = own.get(parts.actual) ?? new Map<string, number>();
      if (line.size === 0) own.set(parts.actual, line);
      line.set(parts.predicted, (line.get(parts.predicted) ?? 0) + 1);
      support.set(parts.actual, (support.get(parts.actual) ?? 0) + 1);
      if (!support.has(parts.predicted)) support.set(parts.predicted, 0);
    }
    if (support.size === 0) return [];
    const ranked = [...support].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    const folded = ranked.length > mostLabels;
    const labels = ranked.slice(0, folded ? mostLabels - 1 : mostLabels).map(([label]) => label);
    if (folded) labels.push("…");
    const places = new Map(labels.map((label, place) => [label, place]));
    const place = (label: string) => places.get(label) ?? labels.length - 1;
    return seen.map((own, variant) => {
      const counts = labels.map(() => labels.map(() => 0));
      for (const [actual, line] of own)
        for (const [predicted, times] of line) {
          const into = counts[place(actual)];
          if (into !== undefined) into[place(predicted)] = (into[place(predicted)] ?? 0) + times;
        }
      return { scorerId, variant, labels, counts };
    });
  });
