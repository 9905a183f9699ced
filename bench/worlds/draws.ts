import type { Chance } from "./chance";
import type { DrawnCell, Truth } from "./world";

/** Scorers with one metric each, and how an answer looks to them. */
export const exact = { id: "right", type: "text/exact", metric: "right.match" } as const;
export const grade = { id: "score", type: "custom/expression", metric: "score.score" } as const;
export const latency = { id: "time", type: "run/latency", metric: "time.duration" } as const;

export const rightIf = (is: boolean, more: Partial<DrawnCell> = {}): DrawnCell => ({
  ...more,
  scores: { [exact.id]: { values: { match: is ? 1 : 0 } } },
});
export const graded = (value: number, more: Partial<DrawnCell> = {}): DrawnCell => ({
  ...more,
  scores: { [grade.id]: { values: { score: value } } },
});
export const took = (milliseconds: number, more: Partial<DrawnCell> = {}): DrawnCell => ({
  ...more,
  milliseconds,
  scores: { [latency.id]: { values: { duration: more.failed ? null : milliseconds } } },
});

/** Two variants, the second of which truly differs from the first by so much. */
export const differsBy = (difference: number): Truth => ({ differences: [Number.NaN, difference], of: "primary" });
export const differsByEffect = (effect: number): Truth => differsBy(effect);

/** Wins a share of rows and loses a share; the rest are as right as each other. */
export const pairOf = (chance: Chance, wins: number, losses: number, bothRight = 0.8): readonly [boolean, boolean] => {
  const luck = chance.uniform();
  if (luck < wins) return [false, true];
  if (luck < wins + losses) return [true, false];
  const both = chance.is(bothRight);
  return [both, both];
};
