import type { Frame, MetricEvidence } from "./evidence";
import { differencesOf, findingOf } from "./find";
import type { Finding } from "./finding";

/** The finding where every row that only one of the two has a value of had gone against the variant (`low`), or for it (`high`), as far as values were seen to go. */
export type Adverse = (side: "low" | "high") => Finding | null;

const edgesOf = ({ definition: { scale }, values }: MetricEvidence): readonly [number, number] => {
  if (scale !== "number") return [0, 1];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const each of values)
    for (const value of each) {
      if (Number.isNaN(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  return [least, most];
};

/**
 * What missing rows could do to a difference: the bounds of C. F. Manski, American Economic Review 80 (1990) 319, in numbers. `due` says which rows should have
 * a value by now. null where no row has a value of one of the two alone.
 */
export const adverseOf = (
  evidence: MetricEvidence,
  frame: Frame,
  { variant, baseline, due }: { variant: number; baseline: number; due: (row: number) => boolean },
): Adverse | null => {
  const [own, base] = [evidence.values[variant], evidence.values[baseline]];
  if (evidence.kind !== "mean" || own === undefined || base === undefined) return null;
  const alone: number[] = [];
  for (let row = 0; row < own.length; row += 1)
    if (Number.isNaN(own[row]) !== Number.isNaN(base[row] as number) && due(row)) alone.push(row);
  if (alone.length === 0) return null;
  return (side) => {
    const [least, most] = edgesOf(evidence);
    const differences = Float64Array.from(differencesOf(evidence, variant, baseline));
    for (const row of alone) {
      const [mine, other] = [own[row] as number, base[row] as number];
      const edge = side === "low" ? [least, most] : [most, least];
      differences[row] = Number.isNaN(mine) ? (edge[0] as number) - other : mine - (edge[1] as number);
    }
    return findingOf(differences, frame, evidence);
  };
};
