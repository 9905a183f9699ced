import type { MetricDefinition } from "@/runtime/eval/contract/metric";
import { type Frame, frameOf } from "@/runtime/eval/report/evidence";

/** Draws of experiments whose truth is known, to hold the statistics against. */

/** Two independent uniform numbers make a normal one: Box and Muller, 1958. */
export const normalFrom = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Of the logarithm of skewed draws. */
export const skewedSpread = 1;
/** Log-normal with mean 1 and a standard deviation of about 1.3: as skewed as latencies are. */
export const skewedFrom = (random: () => number) => {
  const normal = normalFrom(random);
  return (): number => Math.exp(skewedSpread * normal() - (skewedSpread * skewedSpread) / 2);
};

const binary: MetricDefinition = { key: "b", title: { en: "", zh: "" }, scale: "binary", better: "higher" };
const number: MetricDefinition = { ...binary, scale: "number" };
export const simulatedMetrics = { binary, number } as const;

export interface SimulatedWorld {
  readonly name: "right or wrong" | "skewed" | "in groups";
  readonly metric: MetricDefinition;
  readonly frame: (rows: number) => Frame;
  /** variant - baseline of one row after the other; `effect` is the true mean difference. */
  readonly draw: (rows: number, effect: number) => Float64Array;
  readonly rows: number;
  readonly effect: number;
}

export const plainFrame = (rows: number): Frame =>
  frameOf(Array.from({ length: rows }, () => ({ weight: 1, tags: [], split: null, group: null })));

export const rowsOfGroup = 5;
const groupedFrame = (rows: number): Frame =>
  frameOf(
    Array.from({ length: rows }, (_, row) => ({
      weight: 1,
      tags: [],
      split: null,
      group: String(Math.floor(row / rowsOfGroup)),
    })),
  );

/** Rows of different ease: 30 % are right on one side only, as two prompts on the same cases usually are. */
export const discordantShare = 0.3;

/** Binary, skewed and clustered scores. */
export const simulatedWorlds = (random: () => number): readonly SimulatedWorld[] => {
  const normal = normalFrom(random);
  const skewed = skewedFrom(random);
  return [
    {
      name: "right or wrong",
      metric: binary,
      frame: plainFrame,
      rows: 200,
      effect: 0.1,
      draw: (rows, effect) =>
        Float64Array.from({ length: rows }, () => {
          const luck = random();
          return luck < (discordantShare + effect) / 2 ? 1 : luck < discordantShare ? -1 : 0;
        }),
    },
    {
      name: "skewed",
      metric: number,
      frame: plainFrame,
      rows: 200,
      effect: 0.4,
      draw: (rows, effect) => Float64Array.from({ length: rows }, () => (1 + effect) * skewed() - skewed()),
    },
    {
      name: "in groups",
      metric: number,
      frame: groupedFrame,
      rows: 300,
      effect: 0.4,
      draw: (rows, effect) => {
        let shared = 0;
        return Float64Array.from({ length: rows }, (_, row) => {
          // Half of the variance belongs to the group.
          if (row % rowsOfGroup === 0) shared = normal();
          return effect + shared + normal();
        });
      },
    },
  ];
};
