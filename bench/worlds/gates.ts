import type { Chance } from "./chance";
import { differsByEffect, exact, latency, pairOf, rightIf, took } from "./draws";
import type { DrawnCell, World } from "./world";

const shares = { scorers: [exact], primary: exact.metric, truth: differsByEffect };
const said = (is: boolean): DrawnCell => ({
  scores: {
    label: { values: { accuracy: is ? 1 : 0 }, parts: { actual: "yes", predicted: is ? "yes" : "no" } },
  },
});
/** Live always right, the candidate in nine of ten; the gate's metric is one of all rows. */
const tenPointsWorse = (rows: number): World => ({
  name: `gate-of-${rows}-rows`,
  says: `${rows} rows, live right in all, the candidate truly in 90 %; macro-F1 within 1 point`,
  scorers: [{ id: "label", type: "label/accuracy" }],
  primary: "label.macro-f1",
  rows,
  gate: { margin: 0.01 },
  effects: { null: -0.1 },
  truth: differsByEffect,
  begin: (chance: Chance) => () => ({ cells: [[said(true)], [said(chance.is(0.9))]] }),
});

/** Gates whose candidate is just as bad as must not pass. */
export const gateWorlds: readonly World[] = [
  {
    ...shares,
    name: "gate-at-the-margin",
    says: "300 rows, truly worse by the margin of 3 points",
    rows: 300,
    gate: { margin: 0.03 },
    effects: { null: -0.03, power: 0.02 },
    begin: (chance, effect) => () => {
      const [first, second] = pairOf(chance, (0.16 + effect) / 2, (0.16 - effect) / 2);
      return { cells: [[rightIf(first)], [rightIf(second)]] };
    },
  },
  {
    ...shares,
    name: "gate-one-sided",
    says: "100 rows, loses 3 % and wins none, margin 3 points",
    rows: 100,
    gate: { margin: 0.03 },
    effects: { null: -0.03, power: 0 },
    begin: (chance, effect) => () => {
      const [first, second] = pairOf(chance, 0, -effect);
      return { cells: [[rightIf(first)], [rightIf(second)]] };
    },
  },
  tenPointsWorse(5),
  tenPointsWorse(10),
  tenPointsWorse(20),
  {
    scorers: [latency],
    primary: latency.metric,
    truth: differsByEffect,
    name: "gate-on-latency",
    says: "100 rows, skewed times, truly slower by the margin of 100 ms",
    rows: 100,
    gate: { margin: 100 },
    effects: { null: 100, power: -50 },
    begin: (chance, effect) => () => {
      const base = 1_000 * chance.logNormal(0.5);
      return { cells: [[took(base)], [took(base + effect + 300 * (chance.logNormal(0.8) - 1))]] };
    },
  },
  {
    ...shares,
    name: "gate-tried-again",
    says: "100 rows, a quarter of the candidate's calls fail; started up to four times, margin 3 points",
    rows: 100,
    gate: { margin: 0.03 },
    tries: 4,
    effects: { null: -0.2 },
    begin: (chance) => {
      const eases = Array.from({ length: 100 }, () => chance.is(0.8));
      return (row) => {
        const is = eases[row] ?? true;
        const failed = chance.is(0.25);
        return { cells: [[rightIf(is)], [rightIf(is && !failed, { failed })]] };
      };
    },
  },
];
