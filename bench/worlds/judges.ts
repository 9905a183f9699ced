import { differsBy } from "./draws";
import type { DrawnCell, World } from "./world";

const judge = { id: "judge", type: "judge/rubric" };
const steps = (value: number) => Math.round(4 * Math.min(1, Math.max(0, value))) / 4;

/** A model's grades, and people's of some of the same answers. `bias` is what the judge adds to the variant's. */
const judged = (name: string, labels: number, bias: number, power?: number): World => ({
  name,
  says: `400 rows graded by a judge that adds ${bias} to one variant; people labelled about ${labels} answers of each`,
  scorers: [judge],
  primary: "judge.grade",
  rows: 400,
  unwatched: true,
  effects: { null: 0, ...(power !== undefined && { power }) },
  truth: (effect) => differsBy(effect),
  begin: (chance, effect) => () => {
    const own = (variant: number): DrawnCell => {
      // People's grades before rounding lie well inside the scale, so that an effect moves their mean by itself.
      const good = 0.5 + 0.12 * chance.normal() + (variant === 1 ? effect : 0);
      const grade = steps(good + (variant === 1 ? bias : 0) + 0.1 * chance.normal());
      const cell = { scores: { judge: { values: { grade } } } };
      return chance.is(labels / 400) ? { ...cell, labels: { judge: steps(good) } } : cell;
    };
    return { cells: [[own(0)], [own(1)]] };
  },
});

/** Scores that a model gives. */
export const judgeWorlds: readonly World[] = [
  judged("judge-biased-20", 20, 0.05),
  judged("judge-biased-50", 50, 0.05),
  judged("judge-biased-100", 100, 0.05, 0.05),
  judged("judge-fair", 50, 0),
  judged("judge-few-labels", 10, 0.05),
  {
    name: "preferences",
    says: "200 rows, a judge that prefers one of two answers, a quarter of them alike",
    scorers: [{ id: "pair", type: "judge/pairwise" }],
    primary: "pair.preference",
    rows: 200,
    effects: { null: 0, power: 0.2 },
    truth: (effect) => differsBy(effect),
    begin: (chance, effect) => () => {
      const luck = chance.uniform();
      const up = (0.75 + effect) / 2;
      return { preferences: [0, luck < up ? 1 : luck < 0.75 ? -1 : 0], cells: [[{ scores: {} }], [{ scores: {} }]] };
    },
  },
];
