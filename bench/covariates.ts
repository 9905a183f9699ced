// Whether differences that are adjusted for what was known of the rows keep their level, and what is gained. What draws the rows shares no code with the statistics.
//   node --import tsx bench/covariates.ts [experiments, 2000] [seed, 1]

import { adjustedFinding } from "@/runtime/eval/report/adjusted-finding";
import type { Frame } from "@/runtime/eval/report/evidence";
import { findingOf } from "@/runtime/eval/report/find";
import { Chance } from "./worlds/chance";
import { seedOf } from "./worlds/play";

const [experiments, seed] = [Number(process.argv[2] ?? 2_000), Number(process.argv[3] ?? 1)];
const alpha = 0.05;
const limit = 0.055;
interface Drawn {
  readonly difference: number;
  readonly known: readonly number[];
}
interface Case {
  readonly name: string;
  readonly scale: "binary" | "unit";
  readonly rows: number;
  readonly all: number;
  readonly draw: (chance: Chance) => Drawn;
}
/** The baseline's answer is the stored one, which is what is known; the variant is as good, with luck of its own. */
const stored = (chance: Chance): Drawn => {
  const ease = chance.beta(2, 1);
  const base = Number(chance.is(ease));
  return { difference: Number(chance.is(ease)) - base, known: [base] };
};
/** The baseline answers anew; what is known is an earlier answer and a length that says how hard the row is. */
const anew = (chance: Chance): Drawn => {
  const ease = chance.beta(2, 1);
  return {
    difference: Number(chance.is(ease)) - Number(chance.is(ease)),
    known: [Number(chance.is(ease)), 5 - 3 * ease + chance.normal()],
  };
};
/** Better on what is long, worse on what is short, as good on the whole. */
const uneven = (chance: Chance): Drawn => {
  const length = chance.normal();
  const base = 0.2 + 0.6 * chance.uniform();
  return {
    difference: Math.max(-base, Math.min(1 - base, 0.06 * length + 0.05 * chance.normal())),
    known: [length, 0],
  };
};
const cases: readonly Case[] = [
  {
    name: "right or wrong, stored answers of the baseline, 200 of 1,000 rows",
    scale: "binary",
    rows: 200,
    all: 1_000,
    draw: stored,
  },
  {
    name: "right or wrong, stored answers of the baseline, 60 of 1,000 rows",
    scale: "binary",
    rows: 60,
    all: 1_000,
    draw: stored,
  },
  {
    name: "right or wrong, stored answers of the baseline, all 200 rows",
    scale: "binary",
    rows: 200,
    all: 200,
    draw: stored,
  },
  { name: "right or wrong, answered anew, 200 of 1,000 rows", scale: "binary", rows: 200, all: 1_000, draw: anew },
  { name: "grades that hang on length, 150 of 2,000 rows", scale: "unit", rows: 150, all: 2_000, draw: uneven },
  { name: "grades that hang on length, all 150 rows", scale: "unit", rows: 150, all: 150, draw: uneven },
];
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const noise = 2 * Math.sqrt((limit * (1 - limit)) / experiments);
let failed = false;
for (const { name, scale, rows, all, draw } of cases) {
  let truth = 0;
  const large = new Chance(7);
  for (let each = 0; each < 400_000; each += 1) truth += draw(large).difference / 400_000;
  const frame = {
    rows: [],
    weights: new Float64Array(rows).fill(1),
    clusters: Int32Array.from({ length: rows }, (_, row) => row),
    planned: rows,
    weighted: false,
    clustered: false,
    grouped: false,
    copies: 0,
  } satisfies Frame;
  const title = { en: name, zh: name };
  const definition = { key: "score", title, scale, better: "higher" as const };
  let [plainMissed, missed, gain] = [0, 0, 0];
  for (let index = 0; index < experiments; index += 1) {
    const chance = new Chance(seedOf(seed, name, index));
    const drawn = Array.from({ length: all }, () => draw(chance));
    const taken = drawn.slice(0, rows);
    const differences = Float64Array.from(taken, ({ difference }) => difference);
    const plain = findingOf(differences, frame, { kind: "mean", definition });
    if (plain === null) continue;
    const means = (drawn[0]?.known ?? []).map(
      (_, place) => drawn.reduce((sum, { known }) => sum + (known[place] ?? 0), 0) / all,
    );
    const names = ["earlier", "length"].slice(0, means.length) as ("earlier" | "length")[];
    const covariates = { names, values: taken.map(({ known }) => known), population: { rows: all, means } };
    const adjusted = adjustedFinding(plain, differences, frame, covariates, true);
    const misses = (finding: typeof plain) => {
      const { low, high } = finding.interval(alpha);
      return low !== null && high !== null && (low > truth + 1e-9 || high < truth - 1e-9);
    };
    if (misses(plain)) plainMissed += 1;
    if (misses(adjusted)) missed += 1;
    gain += (adjusted.adjusted?.gain ?? 0) / experiments;
  }
  const ok = missed / experiments <= limit + noise;
  if (!ok) failed = true;
  console.log(
    `${ok ? "ok  " : "FAIL"} ${name}: the truth is left out in ${percent(missed / experiments)}, without adjusting in ${percent(plainMissed / experiments)}; variance smaller by ${percent(gain)}`,
  );
}
process.exitCode = failed ? 1 : 0;
