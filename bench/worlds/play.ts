import type { Comparison, Report } from "@/runtime/eval/contract/report";
import { roundCases } from "@/runtime/eval/say/format-value";
import { Chance } from "./chance";
import { dropsOf, inputOf, isTakenAgain, nextLook, type PastLook, pageAfter, passesGate } from "./product";
import type { DrawnRow, World } from "./world";

/** What one experiment came to. */
export interface Played {
  /** Said better or worse, at any look or at the end, where the truth is otherwise. */
  readonly wrong: boolean;
  /** The same of the last look alone. */
  readonly wrongAtEnd: boolean;
  /** Said that it is within the margin where it is not. */
  readonly unsafe: boolean;
  /** A band shown on the way left out the truth. */
  readonly missed: boolean;
  /** Whether the interval at the end holds the truth; null where there is none. */
  readonly covered: boolean | null;
  /** Said what is true, at any look or at the end. */
  readonly found: boolean;
  readonly passed: boolean;
  /** Whether the cases that were advised settled it; null where none were. */
  readonly settled?: boolean | null;
}

/** Cells between two looks: the app reports every two seconds, and eight answers at once of a second each are sixteen. */
const cellsBetweenLooks = 16;
const usualLooks = 60;
const mostRows = 5_000;
const mostAdvised = 20_000;
const nothing: Played = {
  wrong: false,
  wrongAtEnd: false,
  unsafe: false,
  missed: false,
  covered: null,
  found: false,
  passed: false,
};
const close = 1e-9;

const comparisonsOf = (report: Report, of: "primary" | "others" | "segments"): readonly Comparison[] =>
  of === "segments"
    ? report.segments.flatMap(({ comparisons }) => comparisons)
    : report.metrics
        .filter(({ id, counts }) => counts && (id === report.primary) === (of === "primary"))
        .flatMap(({ comparisons }) => comparisons);

const saidOf = (comparison: Comparison): -1 | 0 | 1 =>
  comparison.decision === "better" ? 1 : comparison.decision === "worse" ? -1 : 0;

/** A seed of its own for each experiment, so that any of them can be looked at alone. */
export const seedOf = (seed: number, name: string, index: number): number => {
  let hash = seed | 0;
  for (const letter of `${name}/${index}`) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return hash;
};

const playGate = (world: World, effect: number, chance: Chance): Played => {
  const next = world.begin(chance, effect);
  let rows: DrawnRow[] = Array.from({ length: world.rows }, (_, row) => next(row));
  let passed = passesGate(world, rows);
  for (let again = 1; again < (world.tries ?? 1) && !passed; again += 1) {
    rows = rows.map((row, place) => {
      const fresh = next(place);
      const cells = row.cells.map((own, variant) =>
        own.map((cell, repeat) => (isTakenAgain(cell) ? cell : (fresh.cells[variant]?.[repeat] ?? cell))),
      );
      return { ...row, cells };
    });
    passed = passesGate(world, rows);
  }
  return { ...nothing, found: passed, passed };
};

/** Looks once, adds the rows that the page asks for, with the difference that it saw, and looks again. */
const playAdvice = (world: World, effect: number, chance: Chance): Played => {
  const first = world.begin(chance, effect);
  const rows = Array.from({ length: world.rows }, (_, row) => first(row));
  const { verdict } = pageAfter(inputOf(world, rows), world.rows);
  const quiet = { ...nothing, settled: null };
  const { moreRows, difference } = verdict;
  if (verdict.kind !== "inconclusive" || moreRows === null || difference === null) return quiet;
  const target = world.rows + roundCases(moreRows);
  if (target > mostAdvised) return quiet;
  const next = world.begin(chance, difference.value);
  const all = [...rows, ...Array.from({ length: target - world.rows }, (_, row) => next(world.rows + row))];
  const after = pageAfter(inputOf(world, all, undefined, [nextLook([], world.rows)]), target);
  return { ...quiet, settled: after.verdict.kind !== "inconclusive" };
};

/** Runs one experiment of a world as a person would: looks at the page while it runs and at the end, follows the advice for more rows. */
export const play = (world: World, effect: number, seed: number, { sparse = false } = {}): Played => {
  const chance = new Chance(seed);
  if (world.gate !== undefined) return playGate(world, effect, chance);
  if (world.advice === true) return playAdvice(world, effect, chance);
  const next = world.begin(chance, effect);
  const { differences, of } = world.truth(effect);
  const rows: DrawnRow[] = [];
  const perRow = (world.variants ?? 2) * (world.repeats ?? 1);
  const step = Math.max(1, Math.round(cellsBetweenLooks / perRow));
  const at = { wrong: false, unsafe: false, missed: false, found: false };
  let [wrongAtEnd, covered, seen]: [boolean, boolean | null, number] = [false, null, 0];
  const look = (report: Report) => {
    wrongAtEnd = false;
    covered = null;
    for (const comparison of comparisonsOf(report, of)) {
      const truth = differences[comparison.variant] ?? Number.NaN;
      if (Number.isNaN(truth)) continue;
      const { better } = report.metrics.find(({ id }) => id === report.primary) ?? { better: "higher" };
      const gain = of === "primary" && better === "lower" ? -truth : truth;
      const said = saidOf(comparison);
      if (said !== 0 && said * gain <= close) wrongAtEnd = true;
      else if (said !== 0) at.found = true;
      const margin = world.margin ?? Number.POSITIVE_INFINITY;
      if (comparison.decision === "not-worse" && gain <= -margin + close) at.unsafe = true;
      if (comparison.decision === "no-difference" && Math.abs(gain) >= margin - close) at.unsafe = true;
      const band = world.uncovered ? null : comparison.sequence;
      if (band !== null && ((band.low ?? -Infinity) > truth + close || (band.high ?? Infinity) < truth - close))
        at.missed = true;
      const { low, high } = comparison.difference ?? { low: null, high: null };
      if (low !== null && high !== null) covered = covered !== false && low <= truth + close && truth - close <= high;
    }
    at.wrong ||= wrongAtEnd;
  };
  let target = world.rows;
  const past: PastLook[] = [];
  for (let follow = 0; ; follow += 1) {
    for (let row = rows.length; row < target; row += 1) rows.push(next(row));
    const drops = world.dropping ? dropsOf(world, rows, past.length + 1) : [];
    const gainOf = (variant: number) => (variant === 0 ? 0 : (differences[variant] ?? Number.NaN));
    if (drops.some(({ variant, by }) => gainOf(by) <= gainOf(variant) + close)) at.wrong = true;
    const whole = inputOf(world, rows, undefined, past, drops);
    const every = Math.max(step, Math.ceil((target - seen) / (sparse ? 6 : (world.looks ?? usualLooks))));
    if (world.unwatched !== true) for (seen += every; seen < target; seen += every) look(pageAfter(whole, seen));
    const report = pageAfter(whole, target);
    look(report);
    past.push(nextLook(past, target, world));
    seen = target;
    const more = report.verdict.kind === "inconclusive" ? report.verdict.moreRows : null;
    if (follow >= (world.followUps ?? 0) || more === null) break;
    target = Math.min(mostRows, target + more);
    if (target === rows.length) break;
  }
  return { ...at, wrongAtEnd, covered: of === "primary" && world.uncovered !== true ? covered : null, passed: false };
};
