// How often something false is said of rows that are right or wrong, on the way or at the end, where both variants are truly alike: no simulation, but every way that
// the rows can fall with its probability, looked at after every row.
//   node --import tsx bench/way-and-end.ts
import type { Frame } from "@/runtime/eval/report/evidence";
import { shareFinding } from "@/runtime/eval/report/share-finding";

const alpha = 0.05;
const limit = 0.055;

/** Sees so far that what lies beyond has less than this of all probability. */
const negligible = 1e-9;

export interface Errors {
  readonly way: number;
  readonly end: number;
  readonly together: number;
}

/** `discordant` of the rows are right on one side only, half of them on either, or by `effect` more on the one. */
export const errorsOf = (rows: number, discordant: number, effect = 0, level = alpha): Errors => {
  const frame = { planned: rows } as Frame;
  const said = new Map<number, number>();
  /** Fewest wins beside so many losses after so many rows that are called better on the way. */
  const fewest = (after: number, losses: number, from: number): number => {
    let [low, high] = [Math.max(losses, from), after - losses + 1];
    const isSaid = (wins: number) => {
      const bounds = shareFinding({ higher: wins, lower: losses, rows: after }, frame, "mcnemar-mid-p").sequence?.(
        level,
      );
      return bounds != null && bounds.low > 0;
    };
    if (low >= high) return high;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isSaid(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const width = rows + 1;
  let open = new Map<number, number>([[0, 1]]);
  let crossed = new Map<number, number>();
  const put = (into: Map<number, number>, key: number, mass: number) => into.set(key, (into.get(key) ?? 0) + mass);
  const [winning, losing] = [(discordant + effect) / 2, (discordant - effect) / 2];
  for (let after = 1; after <= rows; after += 1) {
    const moved = new Map<number, number>();
    const already = new Map<number, number>();
    for (const [from, into] of [
      [open, moved],
      [crossed, already],
    ] as const)
      for (const [key, mass] of from) {
        if (mass < negligible / rows) continue;
        put(into, key, mass * (1 - discordant));
        put(into, key + width, mass * winning);
        put(into, key + 1, mass * losing);
      }
    open = new Map();
    crossed = already;
    said.clear();
    const boundary = (losses: number) => {
      const known = said.get(losses) ?? (after < rows ? fewest(after, losses, 0) : rows + 1);
      said.set(losses, known);
      return known;
    };
    for (const [key, mass] of moved) {
      const [wins, losses] = [Math.floor(key / width), key % width];
      const [more, fewer] = wins > losses ? [wins, losses] : [losses, wins];
      put(more >= boundary(fewer) ? crossed : open, key, mass);
    }
  }
  let [way, end, together] = [0, 0, 0];
  for (const [all, isCrossed] of [
    [open, false],
    [crossed, true],
  ] as const)
    for (const [key, mass] of all) {
      const counts = { higher: Math.floor(key / width), lower: key % width, rows };
      const isCalled = shareFinding(counts, frame, "mcnemar-mid-p").pValue <= level;
      if (isCrossed) way += mass;
      if (isCalled) end += mass;
      if (isCrossed || isCalled) together += mass;
    }
  return { way, end, together };
};

if (process.argv[1]?.endsWith("way-and-end.ts")) {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  let failed = false;
  for (const rows of (process.argv[2] ?? "50,100,200,300").split(",").map(Number))
    for (const discordant of (process.argv[3] ?? "0.05,0.1,0.15,0.22,0.3,0.4,0.5,0.7").split(",").map(Number)) {
      const { way, end, together } = errorsOf(rows, discordant);
      if (together > limit) failed = true;
      console.log(
        `${together > limit ? "FAIL" : "ok  "} ${rows} rows, ${percent(discordant)} on one side only: way ${percent(way)}, end ${percent(end)}, together ${percent(together)}`,
      );
    }
  for (const discordant of [0.22, 0.235, 0.3]) {
    const { way, end } = errorsOf(300, discordant, 0.08);
    console.log(
      `8 points in 300 rows, ${percent(discordant)} on one side only: found on the way ${percent(way)}, at the end ${percent(end)}`,
    );
  }
  process.exitCode = failed ? 1 : 0;
}
