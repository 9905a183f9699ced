import type { Chance } from "./chance";
import { differsByEffect, exact, grade, graded, pairOf, rightIf } from "./draws";
import type { World } from "./world";

const shares = { scorers: [exact], primary: exact.metric, truth: differsByEffect };
const outOf = (wins: (effect: number) => number, losses: (effect: number) => number, bothRight = 0.8) =>
  ((chance: Chance, effect: number) => () => {
    const [first, second] = pairOf(chance, wins(effect), losses(effect), bothRight);
    return { cells: [[rightIf(first)], [rightIf(second)]] };
  }) satisfies World["begin"];

/** Answers that are right or wrong. */
export const rateWorlds: readonly World[] = [
  {
    ...shares,
    name: "right-or-wrong",
    says: "300 rows, 30 % right on one side only",
    rows: 300,
    effects: { null: 0, power: 0.08 },
    begin: outOf(
      (effect) => (0.3 + effect) / 2,
      (effect) => (0.3 - effect) / 2,
    ),
  },
  {
    ...shares,
    name: "rare",
    says: "300 rows, 2 % right on one side only",
    rows: 300,
    effects: { null: 0 },
    begin: outOf(
      () => 0.01,
      () => 0.01,
      0.97,
    ),
  },
  {
    ...shares,
    name: "one-sided",
    says: "300 rows, wins 4 % and loses none",
    rows: 300,
    effects: { null: 0.04 },
    begin: outOf(
      (effect) => effect,
      () => 0,
    ),
  },
  {
    ...shares,
    name: "one-sided-loss",
    says: "300 rows, loses as many as the margin allows (3 %) and wins none",
    rows: 300,
    margin: 0.03,
    effects: { null: -0.03 },
    begin: outOf(
      () => 0,
      (effect) => -effect,
    ),
  },
  {
    ...shares,
    name: "at-the-margin",
    says: "400 rows, truly worse by the margin of 5 points, 25 % right on one side only",
    rows: 400,
    margin: 0.05,
    effects: { null: -0.05, power: 0 },
    begin: outOf(
      (effect) => (0.25 + effect) / 2,
      (effect) => (0.25 - effect) / 2,
    ),
  },
  {
    ...shares,
    name: "few-rows",
    says: "12 rows",
    rows: 12,
    effects: { null: 0 },
    begin: outOf(
      () => 0.2,
      () => 0.2,
    ),
  },
  {
    ...shares,
    name: "one-row",
    says: "one row",
    rows: 1,
    effects: { null: 0 },
    begin: outOf(
      () => 0.4,
      () => 0.4,
    ),
  },
  {
    ...shares,
    name: "ties",
    says: "500 rows of which one in 200 differs, either way",
    rows: 500,
    effects: { null: 0 },
    begin: outOf(
      () => 0.0025,
      () => 0.0025,
    ),
  },
  {
    ...shares,
    name: "peeking",
    says: "2,000 rows, looked at 250 times",
    rows: 2_000,
    looks: 250,
    effects: { null: 0, power: 0.05 },
    begin: outOf(
      (effect) => (0.3 + effect) / 2,
      (effect) => (0.3 - effect) / 2,
    ),
  },
  {
    ...shares,
    name: "follow-ups",
    says: "100 rows, then as many more as advised, up to four times",
    rows: 100,
    followUps: 4,
    effects: { null: 0, power: 0.1 },
    begin: outOf(
      (effect) => (0.3 + effect) / 2,
      (effect) => (0.3 - effect) / 2,
    ),
  },
  {
    ...shares,
    name: "near-the-ceiling",
    says: "150 rows, 99 of 100 right, three repeats",
    rows: 150,
    repeats: 3,
    effects: { null: 0 },
    begin: (chance) => () => {
      const own = () => Array.from({ length: 3 }, () => rightIf(chance.is(0.99)));
      return { cells: [own(), own()] };
    },
  },
  {
    ...shares,
    name: "noisy-repeats",
    says: "80 rows of different ease, five repeats",
    rows: 80,
    repeats: 5,
    effects: { null: 0, power: 0.08 },
    begin: (chance, effect) => () => {
      // Ease between 0.1 and 0.9, so that a shift by the effect stays a share.
      const ease = 0.1 + 0.8 * chance.beta(2, 1);
      const own = (share: number) => Array.from({ length: 5 }, () => rightIf(chance.is(share)));
      return { cells: [own(ease), own(ease + effect)] };
    },
  },
  {
    scorers: [grade],
    primary: grade.metric,
    truth: differsByEffect,
    name: "grades",
    says: "150 rows graded 0 to 1 in five steps, most at the top",
    rows: 150,
    effects: { null: 0 },
    begin: (chance) => () => {
      const ease = chance.beta(4, 1);
      const own = () => graded(Math.round(4 * Math.min(1, Math.max(0, ease + 0.15 * chance.normal()))) / 4);
      return { cells: [[own()], [own()]] };
    },
  },
];
