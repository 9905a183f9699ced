import type { Chance } from "./chance";
import { differsBy, differsByEffect, grade, graded, latency, took } from "./draws";
import type { World } from "./world";

const times = { scorers: [latency], primary: latency.metric, truth: differsByEffect };
/** A second's work whose difference follows `difference`. */
const around = (difference: (chance: Chance) => number) =>
  ((chance: Chance, effect: number) => () => {
    const base = 5_000 * chance.logNormal(0.3);
    return { cells: [[took(base)], [took(base + 1_000 * difference(chance) + effect)]] };
  }) satisfies World["begin"];

/** Milliseconds and other numbers: less is better. */
export const numberWorlds: readonly World[] = [
  {
    ...times,
    name: "symmetric",
    says: "200 rows, differences normal",
    rows: 200,
    effects: { null: 0, power: -200 },
    begin: around((chance) => chance.normal()),
  },
  {
    ...times,
    name: "skewed",
    says: "200 rows, differences log-normal (1) around a mean of 0",
    rows: 200,
    effects: { null: 0 },
    begin: around((chance) => chance.logNormal(1) - 1),
  },
  {
    ...times,
    name: "skewed-few",
    says: "30 rows, differences log-normal (1) around a mean of 0",
    rows: 30,
    effects: { null: 0 },
    begin: around((chance) => 1 - chance.logNormal(1)),
  },
  {
    ...times,
    name: "both-skewed",
    says: "200 rows, both log-normal (1), independent",
    rows: 200,
    effects: { null: 0, power: -0.3 },
    truth: (effect) => differsBy(1_000 * effect),
    begin: (chance, effect) => () => ({
      cells: [[took(1_000 * chance.logNormal(1))], [took(1_000 * (1 + effect) * chance.logNormal(1))]],
    }),
  },
  {
    ...times,
    name: "heavy-tailed",
    says: "200 rows, differences Pareto 2.1 around a mean of 0",
    rows: 200,
    effects: { null: 0 },
    begin: around((chance) => chance.pareto(2.1) - 1),
  },
  {
    ...times,
    name: "student-3",
    says: "100 rows, differences of Student's t with 3 degrees",
    rows: 100,
    effects: { null: 0, power: -500 },
    begin: around((chance) => chance.student(3)),
  },
  {
    ...times,
    name: "spikes",
    says: "30 rows, 5 % of them 20 times slower, means equal",
    rows: 30,
    effects: { null: 0 },
    begin: (chance) => () => {
      const base = 1_000 * (0.9 + 0.2 * chance.uniform());
      // 0.05 x 20 + 0.95 x k = 1 has k = 0: slower by 20 of what the others are faster by.
      return { cells: [[took(base)], [took(base + (chance.is(0.05) ? 950 : -50))]] };
    },
  },
  {
    ...times,
    name: "spikes-many",
    says: "300 rows, 2 % of them far slower, means equal",
    rows: 300,
    effects: { null: 0 },
    begin: (chance) => () => {
      const base = 1_000 * (0.9 + 0.2 * chance.uniform());
      return { cells: [[took(base)], [took(base + (chance.is(0.02) ? 980 : -20))]] };
    },
  },
  {
    scorers: [grade],
    primary: grade.metric,
    truth: differsByEffect,
    name: "rounding",
    says: "100 rows that differ by the last bits alone",
    rows: 100,
    effects: { null: 0 },
    begin: (chance) => () => {
      const value = chance.uniform() * 0.9;
      const noise = chance.uniform() * 1e-15;
      return { cells: [[graded(value)], [graded(value + noise)]] };
    },
  },
  {
    ...times,
    name: "noisier",
    says: "100 rows, the variant as fast on average, its times ten times as spread",
    rows: 100,
    effects: { null: 0 },
    begin: (chance) => () => ({ cells: [[took(1_000 + 20 * chance.normal())], [took(1_000 + 200 * chance.normal())]] }),
  },
];
