import type { Cell, PairCell, PeopleLabel } from "@/runtime/eval/contract/cell";
import type { Report } from "@/runtime/eval/contract/report";
import type { ReportInput } from "@/runtime/eval/contract/report-input";
import { gateSpec } from "@/runtime/eval/gate/gate-spec";
import { isPassed, judgeGate } from "@/runtime/eval/gate/judge-gate";
import { buildReport } from "@/runtime/eval/report/build-report";
import { droppingAlpha, partLeft } from "@/runtime/eval/report/dropped";
import { type Drop, Elimination } from "@/runtime/eval/report/elimination";
import { frameOf } from "@/runtime/eval/report/evidence";
import type { ReportTask } from "@/runtime/eval/report/report-task";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { levelOfLook } from "@/runtime/eval/statistics/looks";
import type { DrawnCell, DrawnRow, World } from "./world";

const variantKeys = "abcdefgh";
const usualAlpha = 0.05;

/** A look at the question that was finished before, and the level that it was decided at. */
export interface PastLook {
  readonly rows: number;
  readonly level: number;
}

/** The level of the next look, whose answers are those of the looks before and more. */
export const nextLook = (
  past: readonly PastLook[],
  rows: number,
  { dropping = false }: { readonly dropping?: boolean } = {},
): PastLook => ({
  rows,
  level:
    partLeft(dropping) *
    levelOfLook(
      past.length + 1,
      usualAlpha,
      past.map((look) => ({ level: look.level, correlation: Math.sqrt(look.rows / rows) })),
    ),
});

const readyRows = (rows: readonly DrawnRow[]): ReportInput["rows"] =>
  rows.map(({ group = null, tags = [], weight = 1, input = "" }) => ({
    group,
    tags,
    weight,
    split: null,
    inputsKey: input,
  }));

/** Who is dropped while these rows run, in their order, as the app does it. */
export const dropsOf = (world: World, rows: readonly DrawnRow[], look: number): readonly Drop[] => {
  const [scorerId = "", key] = world.primary.split(".");
  const scorer = findScorer(world.scorers.find(({ id }) => id === scorerId)?.type ?? "");
  const definition = scorer === undefined ? undefined : metricsOf(scorer).find((each) => each.key === key);
  if (definition === undefined) throw new Error(`There is no metric "${world.primary}".`);
  const variants = world.variants ?? 2;
  const race = new Elimination(frameOf(readyRows(rows)), {
    variants,
    baseline: 0,
    repeats: world.repeats ?? 1,
    alpha: droppingAlpha(look, usualAlpha),
    scorerId,
    definition,
  });
  for (const [place, { cells }] of rows.entries()) {
    for (const [variant, own] of cells.entries())
      if (!race.isDropped(variant)) for (const { scores } of own) race.add(variant, place, scores[scorerId]);
    race.decide();
    if (race.drops.length === variants - 1) break;
  }
  return race.drops;
};

/** What an answer that failed says of the worlds' figures of time. */
const withLacking = (scores: DrawnCell["scores"], failed: boolean): DrawnCell["scores"] =>
  !failed
    ? scores
    : Object.fromEntries(
        Object.entries(scores).map(([id, score]) => [
          id,
          { ...score, lacking: Object.keys(score.values).filter((key) => score.values[key] === null) },
        ]),
      );

/** The experiment as the app would store it when all rows are there. */
export const inputOf = (
  world: World,
  rows: readonly DrawnRow[],
  alpha = usualAlpha,
  past: readonly PastLook[] = [],
  drops: readonly Drop[] = [],
): ReportInput => {
  const variants = world.variants ?? 2;
  const cells = rows.flatMap((row, place) =>
    Array.from({ length: world.repeats ?? 1 }, (_, repeat) => repeat).flatMap((repeat) =>
      row.cells.flatMap((own, variant): Cell[] => {
        const cell = own[repeat];
        if (cell === undefined) return [];
        const { scores, milliseconds = 1_000, microUsd = 100, failed = false, cached = false } = cell;
        return [
          {
            variant,
            row: place,
            repeat,
            status: failed ? "failure" : "success",
            durationMs: milliseconds,
            inputTokens: 100,
            outputTokens: 100,
            costMicroUsd: microUsd,
            ...(cached && { source: "earlier" }),
            scores: withLacking(scores, failed),
          },
        ];
      }),
    ),
  );
  const [pairwise] = world.scorers.filter(({ type }) => type.endsWith("pairwise"));
  const pairs = rows.flatMap(({ preferences = [] }, row) =>
    preferences.flatMap((value, variant): PairCell[] =>
      pairwise === undefined || variant === 0 ? [] : [{ scorerId: pairwise.id, variant, row, repeat: 0, value }],
    ),
  );
  const labels = rows.flatMap(({ cells: drawn }, row) =>
    drawn.flatMap((own, variant) =>
      own.flatMap((cell, repeat) =>
        Object.entries(cell.labels ?? {}).map(
          ([scorerId, value]): PeopleLabel => ({ scorerId, variant, row, repeat, value }),
        ),
      ),
    ),
  );
  return {
    madeAt: "2026-01-09T00:00:00.000Z",
    alpha: past.length === 0 ? partLeft(world.dropping === true) * alpha : nextLook(past, rows.length, world).level,
    look: { number: past.length + 1, alpha },
    correction: "holm",
    margin: world.margin ?? null,
    seed: 1,
    variants: Array.from({ length: variants }, (_, variant) => {
      const key = variantKeys[variant] ?? "z";
      return { key, label: key.toUpperCase() };
    }),
    baseline: 0,
    repeats: world.repeats ?? 1,
    primary: world.primary,
    scorers: world.scorers.flatMap(({ id, type }) => {
      const scorer = findScorer(type);
      if (scorer === undefined) throw new Error(`There is no scorer "${type}".`);
      const pairwise = type.endsWith("pairwise");
      return [{ id, title: scorer.title, metrics: metricsOf(scorer), pairwise, counts: true }];
    }),
    rows: readyRows(rows),
    ...(world.dropping && { dropping: true, dropped: drops }),
    cells,
    pairs,
    labels,
    cached: Array.from(
      { length: variants },
      (_, variant) => rows.flatMap((row) => row.cells[variant] ?? []).filter(({ cached }) => cached).length,
    ),
    cellsTotal: cells.length,
    cautions: [],
  };
};

/** The same as it is exported: scorers by their type, metrics left out. */
export const taskOf = (world: World, rows: readonly DrawnRow[]): ReportTask => {
  const { scorers, ...input } = inputOf(world, rows);
  return {
    ...input,
    scorers: scorers.map(({ metrics: _, ...scorer }, place) => ({ ...scorer, type: world.scorers[place]?.type ?? "" })),
  };
};

/** What the page shows when so many rows have come in. */
export const pageAfter = (whole: ReportInput, rows: number): Report =>
  buildReport(
    rows >= whole.rows.length
      ? whole
      : {
          ...whole,
          ...(whole.dropped && { dropped: whole.dropped.filter((drop) => drop.rows <= rows) }),
          cells: whole.cells.filter(({ row }) => row < rows),
          pairs: whole.pairs.filter(({ row }) => row < rows),
        },
    { chart: false },
  );

/** Whether a gate on the main metric lets the last variant through. */
export const passesGate = (world: World, rows: readonly DrawnRow[]): boolean => {
  const spec = gateSpec.parse({
    scorers: world.scorers.map(({ id, type }) => ({ id, type })),
    requirements: [{ metric: world.primary, ...world.gate }],
    repeats: world.repeats ?? 1,
  });
  const { alpha } = spec;
  const margin = world.gate?.margin;
  const input = inputOf({ ...world, ...(margin !== undefined && margin > 0 && { margin }) }, rows, alpha);
  return isPassed(judgeGate(spec, buildReport(input, { chart: false })));
};

/** What a second start does with an answer of the first: it is taken from what is stored, failures as well. */
export const isTakenAgain = (_cell: DrawnCell): boolean => true;
