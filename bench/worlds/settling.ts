import type { Chance } from "./chance";
import { differsByEffect, exact, grade, graded, pairOf, rightIf } from "./draws";
import type { DrawnRow, World } from "./world";

const shares = { scorers: [exact], primary: exact.metric, truth: differsByEffect };
const scores = { scorers: [grade], primary: grade.metric, truth: differsByEffect };

const rightOnOneSide = (discordant: number) => (chance: Chance, effect: number) => (): DrawnRow => {
  const [first, second] = pairOf(chance, (discordant + effect) / 2, (discordant - effect) / 2);
  return { cells: [[rightIf(first)], [rightIf(second)]] };
};

/** The first rows truly differ by the effect; those that the advice asks for by what was then seen, as the advice assumes. */
const advised = (
  name: string,
  says: string,
  effect: number,
  world: Partial<World> & Pick<World, "begin" | "rows">,
) => ({
  ...shares,
  name: `settles-${name}`,
  says: `${says}; then as many more as advised`,
  advice: true as const,
  unwatched: true as const,
  effects: { null: effect },
  ...world,
});

/** Whether as many cases more as the page advises settle it where the difference stays as it was seen. */
export const settlingWorlds: readonly World[] = [
  ...[0.02, 0.04, 0.06, 0.08, 0.1].map((effect) =>
    advised(`at-${100 * effect}`, `200 rows, ${100 * effect} points better, 25 % right on one side only`, effect, {
      rows: 200,
      begin: rightOnOneSide(0.25),
    }),
  ),
  advised("few", "60 rows, 8 points better, 20 % right on one side only", 0.08, {
    rows: 60,
    begin: rightOnOneSide(0.2),
  }),
  advised("worse", "200 rows, 5 points worse, 25 % right on one side only", -0.05, {
    rows: 200,
    begin: rightOnOneSide(0.25),
  }),
  advised("grades", "150 rows graded 0 to 1, 1 point better", 0.01, {
    ...scores,
    rows: 150,
    begin: (chance, effect) => () => {
      const base = 0.3 + 0.4 * chance.uniform();
      return { cells: [[graded(base)], [graded(base + 0.2 * (chance.uniform() - 0.5) * 2 + effect)]] };
    },
  }),
  advised("repeats", "80 rows, three repeats, 6 points better", 0.06, {
    rows: 80,
    repeats: 3,
    begin: (chance, effect) => () => {
      const ease = 0.15 + 0.7 * chance.beta(2, 1);
      const own = (share: number) => Array.from({ length: 3 }, () => rightIf(chance.is(share)));
      return { cells: [own(ease), own(ease + effect)] };
    },
  }),
  advised("groups", "40 groups of 5 rows, 4 points better", 0.04, {
    ...scores,
    rows: 200,
    begin: (chance, effect) => {
      let shift = 0;
      return (row) => {
        if (row % 5 === 0) shift = 0.12 * chance.normal();
        const base = 0.3 + 0.4 * chance.uniform();
        return {
          group: `g${Math.floor(row / 5)}`,
          cells: [[graded(base)], [graded(base + shift + 0.1 * chance.normal() + effect)]],
        };
      };
    },
  }),
  advised("margin", "150 rows, as good, margin 4 points, 20 % right on one side only", 0, {
    rows: 150,
    margin: 0.04,
    begin: rightOnOneSide(0.2),
  }),
];
