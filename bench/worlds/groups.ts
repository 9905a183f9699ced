import type { Chance } from "./chance";
import { differsBy, differsByEffect, exact, grade, graded, pairOf, rightIf } from "./draws";
import type { World } from "./world";

/** Rows of groups of these sizes, in random order; half of a difference's variance is the group's. */
const grouped = (sizes: readonly number[]) =>
  ((chance: Chance, effect: number) => {
    const shifts = sizes.map(() => 0.1 * chance.normal());
    const order = chance.shuffled(sizes.flatMap((size, group) => new Array<number>(size).fill(group)));
    return (row: number) => {
      const group = order[row] ?? 0;
      const base = 0.3 + 0.4 * chance.uniform();
      return {
        group: `g${group}`,
        cells: [[graded(base)], [graded(base + (shifts[group] ?? 0) + 0.1 * chance.normal() + effect)]],
      };
    };
  }) satisfies World["begin"];

const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
const inGroups = (name: string, says: string, sizes: readonly number[], power?: number): World => ({
  name,
  says,
  scorers: [grade],
  primary: grade.metric,
  rows: sum(sizes),
  effects: { null: 0, ...(power !== undefined && { power }) },
  truth: differsByEffect,
  begin: grouped(sizes),
});

const zipf = Array.from({ length: 30 }, (_, place) => Math.max(1, Math.round(60 / (place + 1))));

/** Rows that depend on each other, and rows that do not count the same. */
export const groupWorlds: readonly World[] = [
  inGroups("equal-groups", "40 groups of 5 rows", new Array<number>(40).fill(5), 0.07),
  inGroups("one-large-group", "one document of 100 rows among 40 single rows", [100, ...new Array<number>(40).fill(1)]),
  inGroups("four-groups", "four groups of 60, 20, 15 and 5 rows", [60, 20, 15, 5]),
  inGroups("zipf-groups", "30 groups, the largest of 60 rows, the next of half as many and so on", zipf),
  {
    name: "copies",
    says: "40 cases, each there five times as another row with the same input",
    scorers: [exact],
    primary: exact.metric,
    rows: 200,
    effects: { null: 0 },
    truth: differsByEffect,
    begin: (chance) => {
      const cases = Array.from({ length: 40 }, () => pairOf(chance, 0.15, 0.15));
      const order = chance.shuffled(Array.from({ length: 200 }, (_, row) => row % 40));
      return (row) => {
        const [first, second] = cases[order[row] ?? 0] ?? [true, true];
        return { input: `case ${order[row]}`, cells: [[rightIf(first)], [rightIf(second)]] };
      };
    },
  },
  {
    name: "rerun-of-copies",
    says: "15 cases, each there ten times; a model that mostly repeats itself, against itself",
    scorers: [exact],
    primary: exact.metric,
    rows: 150,
    effects: { null: 0 },
    truth: differsByEffect,
    begin: (chance) => {
      const cases = Array.from({ length: 15 }, () => [chance.is(0.7), chance.is(0.7)] as const);
      const order = chance.shuffled(Array.from({ length: 150 }, (_, row) => row % 15));
      const unless = (is: boolean) => (chance.is(0.05) ? !is : is);
      return (row) => {
        const [first, second] = cases[order[row] ?? 0] ?? [true, true];
        return { input: `case ${order[row]}`, cells: [[rightIf(unless(first))], [rightIf(unless(second))]] };
      };
    },
  },
  {
    name: "weights",
    says: "150 rows whose weights are log-normal (1)",
    scorers: [exact],
    primary: exact.metric,
    rows: 150,
    effects: { null: 0 },
    truth: () => differsBy(0),
    begin: (chance) => () => {
      const [first, second] = pairOf(chance, 0.15, 0.15);
      return { weight: chance.logNormal(1), cells: [[rightIf(first)], [rightIf(second)]] };
    },
  },
];
