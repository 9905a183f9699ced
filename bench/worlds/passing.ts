import { differsBy, differsByEffect, exact, latency, rightIf, took } from "./draws";
import type { World } from "./world";

const times = { scorers: [latency], primary: latency.metric };

/** What happens while an experiment runs: time passes, calls fail, answers come from the store. */
export const passingWorlds: readonly World[] = [
  {
    ...times,
    name: "drift",
    says: "300 rows; both variants slow down to twice their time while it runs",
    rows: 300,
    effects: { null: 0 },
    truth: differsByEffect,
    begin: (chance) => (row) => {
      const slow = 1_000 * (1 + row / 300);
      return { cells: [[took(slow * chance.logNormal(0.3))], [took(slow * chance.logNormal(0.3))]] };
    },
  },
  {
    ...times,
    name: "bursts",
    says: "300 rows; slow spells hit the rows that are under way, both variants alike",
    rows: 300,
    effects: { null: 0 },
    truth: differsByEffect,
    begin: (chance) => {
      let slow = 1;
      return () => {
        slow = Math.exp(0.9 * Math.log(slow) + 0.3 * chance.normal());
        return { cells: [[took(1_000 * slow * chance.logNormal(0.2))], [took(1_000 * slow * chance.logNormal(0.2))]] };
      };
    },
  },
  {
    name: "failing-at-random",
    says: "200 rows; a tenth of the calls of either variant fail",
    scorers: [exact],
    primary: exact.metric,
    rows: 200,
    effects: { null: 0 },
    truth: differsByEffect,
    begin: (chance) => () => {
      const ease = chance.beta(3, 1);
      const own = () => {
        const failed = chance.is(0.1);
        return rightIf(!failed && chance.is(ease), { failed });
      };
      return { cells: [[own()], [own()]] };
    },
  },
  {
    ...times,
    name: "failing-when-slow",
    says: "200 rows; the variant is 10 % faster, and fails on the slowest 15 % of the rows: it is not faster",
    rows: 200,
    effects: { null: 0 },
    truth: () => differsBy(1),
    uncovered: true,
    begin: (chance) => () => {
      const work = chance.normal();
      const own = () => 1_000 * Math.exp(0.6 * work + 0.1 * chance.normal());
      return { cells: [[took(own())], [took(0.9 * own(), { failed: work > 1.036 })]] };
    },
  },
  {
    ...times,
    name: "failing-fast",
    says: "200 rows; the variant is 10 % faster where it answers, and four of ten of its calls fail at once",
    rows: 200,
    effects: { null: 0 },
    truth: () => differsBy(1),
    uncovered: true,
    begin: (chance) => () => {
      const work = chance.normal();
      const own = () => 1_000 * Math.exp(0.6 * work + 0.1 * chance.normal());
      return { cells: [[took(own())], [took(0.9 * own(), { failed: chance.is(work > 0 ? 0.6 : 0.2) })]] };
    },
  },
  {
    ...times,
    name: "cached",
    says: "200 rows; the baseline's answers are from yesterday, when the server was 5 % slower",
    rows: 200,
    effects: { null: 0 },
    truth: () => differsBy(0),
    uncovered: true,
    begin: (chance) => () => {
      const work = 1_000 * chance.logNormal(0.3);
      const own = () => work * chance.logNormal(0.05);
      return { cells: [[took(1.05 * own(), { cached: true })], [took(own())]] };
    },
  },
];
