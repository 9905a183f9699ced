import type { Localized } from "@/runtime/node/localized";
import type { LabelParts } from "../../contract/label-parts";
import type { MetricDefinition } from "../../contract/metric";
import { type LabelFigures, labelFigures } from "./label-figures";

/** A metric of all rows: a figure of each label that they expect, and their mean. `parts` are `LabelParts`. */
export const macroOf = (key: string, title: Localized, figure: keyof LabelFigures): MetricDefinition => {
  // Called for thousands of draws over the same parts: labels are numbered once.
  const known = new WeakMap<readonly unknown[], { readonly pairs: Int32Array; readonly labels: number }>();
  const numbered = (parts: readonly unknown[]) => {
    const before = known.get(parts);
    if (before !== undefined) return before;
    const places = new Map<string, number>();
    const place = (label: string) => {
      const found = places.get(label) ?? places.size;
      places.set(label, found);
      return found;
    };
    const pairs = new Int32Array(parts.length * 2);
    for (const [index, part] of parts.entries()) {
      const { actual, predicted } = part as LabelParts;
      pairs[2 * index] = place(actual);
      pairs[2 * index + 1] = place(predicted);
    }
    const found = { pairs, labels: places.size };
    known.set(parts, found);
    return found;
  };
  return {
    key,
    title,
    scale: "unit",
    better: "higher",
    corpus: (parts, times) => {
      const { pairs, labels } = numbered(parts);
      const counts = new Float64Array(labels * 3);
      for (let index = 0; index < parts.length; index += 1) {
        const time = times[index] as number;
        const [actual, predicted] = [pairs[2 * index] as number, pairs[2 * index + 1] as number];
        if (actual === predicted) counts[3 * actual] = (counts[3 * actual] as number) + time;
        counts[3 * predicted + 1] = (counts[3 * predicted + 1] as number) + time;
        counts[3 * actual + 2] = (counts[3 * actual + 2] as number) + time;
      }
      let [sum, taken] = [0, 0];
      for (let label = 0; label < labels; label += 1) {
        const [hits, predicted, actual] = [
          counts[3 * label] as number,
          counts[3 * label + 1] as number,
          counts[3 * label + 2] as number,
        ];
        const figures = labelFigures(hits, predicted, actual);
        if (figures === null) continue;
        sum += figures[figure];
        taken += 1;
      }
      return taken === 0 ? null : sum / taken;
    },
  };
};
