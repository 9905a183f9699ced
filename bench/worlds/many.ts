import { exact, latency, pairOf, rightIf, took } from "./draws";
import type { DrawnCell, World } from "./world";

const merged = (...cells: readonly DrawnCell[]): DrawnCell => ({
  ...cells[0],
  scores: Object.assign({}, ...cells.map(({ scores }) => scores)) as DrawnCell["scores"],
});

const exacts = Array.from({ length: 12 }, (_, place) => ({ ...exact, id: `right-${place}` }));

const racing = { scorers: [exact], primary: exact.metric, variants: 8, uncovered: true, dropping: true } as const;

/** So many variants of which the second is right more often than the others by the effect. */
const racers =
  (variants: number): World["begin"] =>
  (chance, effect) =>
  () => {
    const ease = 0.5 + 0.2 * (chance.uniform() - 0.5);
    return {
      cells: Array.from({ length: variants }, (_, variant) => [
        rightIf(chance.uniform() < ease + (variant === 1 ? effect : 0)),
      ]),
    };
  };

/** Many variants, many metrics, many segments: what is said by chance. */
export const manyWorlds: readonly World[] = [
  {
    name: "many-variants",
    says: "8 variants, all alike",
    scorers: [exact],
    primary: exact.metric,
    rows: 120,
    variants: 8,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0, 0, 0, 0, 0, 0, 0], of: "primary" }),
    uncovered: true,
    begin: (chance) => () => {
      const ease = chance.beta(2, 1);
      return { cells: Array.from({ length: 8 }, () => [rightIf(chance.is(ease))]) };
    },
  },
  {
    ...racing,
    name: "dropping-alike",
    says: "8 variants, all alike; losers are dropped",
    rows: 200,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0, 0, 0, 0, 0, 0, 0], of: "primary" }),
    begin: racers(8),
  },
  {
    ...racing,
    name: "dropping-one-ahead",
    says: "8 variants, one of them 15 points ahead of seven that are alike; losers are dropped",
    rows: 300,
    effects: { null: 0.15, power: 0.15 },
    truth: (effect) => ({ differences: [Number.NaN, effect, 0, 0, 0, 0, 0, 0], of: "primary" }),
    begin: racers(8),
  },
  {
    ...racing,
    name: "dropping-follow-ups",
    says: "4 variants, all alike, 100 rows, then as many more as advised, up to four times; losers are dropped",
    rows: 100,
    variants: 4,
    followUps: 4,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0, 0, 0], of: "primary" }),
    begin: racers(4),
  },
  {
    name: "many-metrics",
    says: "12 metrics beside the main one, all alike",
    scorers: [...exacts, exact, latency],
    primary: exact.metric,
    rows: 150,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0], of: "others" }),
    begin: (chance) => () => {
      const ease = chance.beta(2, 1);
      const own = (): DrawnCell =>
        merged(
          took(1_000 * chance.logNormal(0.5)),
          ...[exact, ...exacts].map(({ id }) => ({ scores: { [id]: { values: { match: chance.is(ease) ? 1 : 0 } } } })),
        );
      return { cells: [[own()], [own()]] };
    },
  },
  {
    name: "segments",
    says: "12 tags, no difference in any",
    scorers: [exact],
    primary: exact.metric,
    rows: 240,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0], of: "segments" }),
    begin: (chance) => (row) => {
      const [first, second] = pairOf(chance, 0.15, 0.15);
      return { tags: [`t${row % 12}`], cells: [[rightIf(first)], [rightIf(second)]] };
    },
  },
  {
    name: "opposite-segments",
    says: "better by 20 points in one half of the rows, worse by 20 in the other",
    scorers: [exact],
    primary: exact.metric,
    rows: 240,
    effects: { null: 0 },
    truth: () => ({ differences: [Number.NaN, 0], of: "primary" }),
    begin: (chance) => (row) => {
      const up = row % 2 === 0;
      const [first, second] = pairOf(chance, up ? 0.25 : 0.05, up ? 0.05 : 0.25);
      return { tags: [up ? "short" : "long"], cells: [[rightIf(first)], [rightIf(second)]] };
    },
  },
];
