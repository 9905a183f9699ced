// Calls that are saved where losers are dropped while an experiment of eight variants runs, and whether the best is found as often. What draws the answers
// shares no code with the statistics.
//   node --import tsx bench/best-of-eight.ts [experiments, 1000] [seed, 1]
import { preferenceMetric } from "@/runtime/eval/contract/scorer";
import { droppingAlpha } from "@/runtime/eval/report/dropped";
import { Elimination } from "@/runtime/eval/report/elimination";
import { frameOf } from "@/runtime/eval/report/evidence";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { Chance } from "./worlds/chance";
import { seedOf } from "./worlds/play";

const [experiments, seed] = [Number(process.argv[2] ?? 1_000), Number(process.argv[3] ?? 1)];
// What dropping has of an experiment's 5 %; the rest is for what is said of whoever is left.
const alpha = droppingAlpha(1, 0.05);
const limits = { saved: 0.35, wrong: 0.055 } as const;

interface Case {
  readonly name: string;
  readonly rows: number;
  /** Share of rows that each variant has right; the first is the baseline. */
  readonly shares: readonly number[];
  /** Of the rows of a kind that all have right or wrong alike. */
  readonly alike: number;
  /** Whether saving is asked for. */
  readonly asked: boolean;
}
const spread = (best: number, step: number) => [
  best - 4 * step,
  best,
  ...[1, 2, 3, 4, 5, 6].map((place) => best - place * step),
];
const cases: readonly Case[] = [
  {
    name: "one far ahead: 20 points over seven that are alike",
    rows: 400,
    shares: [0.6, 0.8, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6],
    alike: 0.3,
    asked: true,
  },
  {
    name: "one ahead: 12 points over seven that are alike",
    rows: 800,
    shares: [0.68, 0.8, 0.68, 0.68, 0.68, 0.68, 0.68, 0.68],
    alike: 0.3,
    asked: true,
  },
  { name: "a ladder of 5 points", rows: 600, shares: spread(0.85, 0.05), alike: 0.3, asked: true },
  { name: "a ladder of 3 points", rows: 1_500, shares: spread(0.85, 0.03), alike: 0.3, asked: true },
  {
    name: "two close at the top, 2 points apart, six 15 points below",
    rows: 600,
    shares: [0.65, 0.8, 0.78, 0.65, 0.65, 0.65, 0.65, 0.65],
    alike: 0.3,
    asked: true,
  },
  { name: "all alike", rows: 400, shares: new Array<number>(8).fill(0.7), alike: 0.3, asked: false },
];

const exact = findScorer("text/exact");
const [definition = preferenceMetric] = exact === undefined ? [] : metricsOf(exact);
const scored = [false, true].map((is) => ({ values: { [definition.key]: is ? 1 : 0 } }));
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
let failed = false;
for (const { name, rows, shares, alike, asked } of cases) {
  const frame = frameOf(Array.from({ length: rows }, () => ({ weight: 1, tags: [], split: null, group: null })));
  const best = Math.max(...shares);
  let [calls, wrongDrops, bestDropped, missedAll, missedDropping] = [0, 0, 0, 0, 0];
  for (let index = 0; index < experiments; index += 1) {
    const chance = new Chance(seedOf(seed, name, index));
    const race = new Elimination(frame, { variants: 8, baseline: 0, repeats: 1, alpha, scorerId: "right", definition });
    const hits = new Array<number>(8).fill(0);
    for (let row = 0; row < rows; row += 1) {
      // Rows that are easy or hard for all, and luck of each.
      const common = chance.uniform();
      const isCommon = chance.is(alike);
      for (const [variant, share] of shares.entries()) {
        const is = (isCommon ? common : chance.uniform()) < share;
        if (is) hits[variant] = (hits[variant] as number) + 1;
        if (race.isDropped(variant)) continue;
        race.add(variant, row, scored[Number(is)]);
        calls += 1;
      }
      race.decide();
    }
    const isWorse = (one: number, other: number) => (shares[one] as number) < (shares[other] as number);
    if (race.drops.some(({ variant, by }) => !isWorse(variant, by))) wrongDrops += 1;
    if (shares.some((share, variant) => share === best && race.isDropped(variant))) bestDropped += 1;
    const pick = (variants: readonly number[]) =>
      variants.toSorted((one, other) => (hits[other] as number) - (hits[one] as number))[0] as number;
    const all = shares.map((_, variant) => variant);
    if (shares[pick(all)] !== best) missedAll += 1;
    if (shares[pick(all.filter((variant) => !race.isDropped(variant)))] !== best) missedDropping += 1;
  }
  const saved = 1 - calls / (experiments * rows * 8);
  const ok = (!asked || saved >= limits.saved) && wrongDrops / experiments <= limits.wrong;
  if (!ok) failed = true;
  console.log(
    `${ok ? "ok  " : "FAIL"} ${name}, ${rows} rows: ${percent(saved)} of the calls saved; somebody dropped wrongly in ${percent(wrongDrops / experiments)}, the best in ${percent(bestDropped / experiments)}; another picked in ${percent(missedDropping / experiments)}, without dropping in ${percent(missedAll / experiments)}`,
  );
}
process.exitCode = failed ? 1 : 0;
