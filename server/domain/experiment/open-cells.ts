import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import type { ScoredRow } from "@/runtime/eval/scorers/score-cell";
import { contentStates } from "@/server/domain/answer-cache/content-states";
import type { Database } from "@/server/platform/db/database";
import { type CachedCell, CellCache } from "./cached-cells";
import { inputsOfRow } from "./inputs-of-row";
import { isTimed } from "./ready-experiment";
import { firstRepeats } from "./same-version";
import { cellKey } from "./scorer-hash";

/** A cell that is not there yet, with what an earlier experiment answered in its place. */
export interface OpenCell {
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  readonly rowId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly scoredRow: ScoredRow;
  readonly cacheKey: string;
  /** Attempts at it that could not be had, before it was asked for again. */
  readonly attemptsBefore: number;
  readonly cached: CachedCell | null;
}

interface OpenRow {
  readonly row: number;
  readonly rowId: string;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
  readonly copy: number;
  /** `variant/repeat` of cells that are there, and the experiment that each was taken from; empty for this one. */
  readonly there: string[];
  readonly sources: string[];
  /** By `variant/repeat`. */
  readonly attempts: Readonly<Record<string, number>>;
}

type Open = Omit<OpenCell, "cached"> & { readonly expected: string };

/**
 * Keeps of a row only what was answered together: what an answer takes and costs hangs on the moment, and is compared with what was measured then or not at
 * all.
 */
const takenTogether = (
  cells: readonly Open[],
  rows: readonly OpenRow[],
  cached: ReadonlyMap<string, CachedCell>,
): ReadonlyMap<string, CachedCell> => {
  const sources = new Map<string, Set<string>>();
  const add = (row: number, repeat: number | string, source: string) => {
    const place = `${row}/${repeat}`;
    sources.set(place, (sources.get(place) ?? new Set()).add(source));
  };
  for (const { row, there, sources: taken } of rows)
    for (const [index, place] of there.entries()) add(row, place.split("/")[1] ?? "", taken[index] ?? "");
  for (const { row, repeat, cacheKey } of cells) add(row, repeat, cached.get(cacheKey)?.sourceId ?? "");
  return new Map(
    cells.flatMap(({ row, repeat, cacheKey }) => {
      const known = cached.get(cacheKey);
      return known !== undefined && sources.get(`${row}/${repeat}`)?.size === 1 ? [[cacheKey, known] as const] : [];
    }),
  );
};

/** Variants that need no more answers. */
export interface Losers {
  readonly isDropped: (variant: number) => boolean;
  /** So many cells of a row are not run. */
  readonly skip: (row: number, cells: number) => void;
}

const page = 200;

/**
 * The cells that are missing, row by row, all variants of a row before the next: what is there at any moment compares like with like. Reads a page of
 * rows at a time.
 */
export async function* openCells(
  database: Database,
  {
    workspaceId,
    id,
    spec,
    origin,
    losers,
  }: {
    readonly workspaceId: string;
    readonly id: string;
    readonly spec: ExperimentSpec;
    readonly origin: string;
    readonly losers?: Losers | null;
  },
): AsyncGenerator<OpenCell, void> {
  const ofGates = origin === "gate";
  const cache = new CellCache(database, { workspaceId, experimentId: id, ofGates });
  const firsts = firstRepeats(spec);
  const isTogether = isTimed(spec, ofGates);
  for (let after = -1; ; ) {
    const rows = await database.query<OpenRow>(
      `SELECT r."row", r."rowId", r."inputs", r."expected", r."tags", r."copy", r."attempts",
         ARRAY(SELECT c."variant" || '/' || c."repeat" FROM "ExperimentCell" c WHERE c."experimentId" = $1 AND c."row" = r."row"
           ORDER BY c."variant", c."repeat") AS "there",
         ARRAY(SELECT coalesce(c."sourceId", '') FROM "ExperimentCell" c WHERE c."experimentId" = $1 AND c."row" = r."row"
           ORDER BY c."variant", c."repeat") AS "sources"
       FROM "ExperimentRow" r WHERE r."experimentId" = $1 AND r."open" AND r."row" > $2 ORDER BY r."row" LIMIT ${page}`,
      [id, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
    // Asked anew for each page: a base may be indexed while a long experiment runs.
    const states = await contentStates(
      database,
      workspaceId,
      spec.variants.map(({ revisionId }) => revisionId),
    );
    const cells = rows.flatMap((row) => {
      const values = JSON.parse(row.inputs) as Record<string, unknown>;
      const scoredRow = { inputs: values, expected: JSON.parse(row.expected), tags: row.tags };
      const inputs = inputsOfRow(values, spec.inputs);
      return Array.from({ length: spec.repeats }, (_, repeat) => repeat).flatMap((repeat) =>
        spec.variants.flatMap(({ revisionId }, variant) =>
          row.there.includes(`${variant}/${repeat}`)
            ? []
            : [
                {
                  row: row.row,
                  variant,
                  repeat,
                  rowId: row.rowId,
                  inputs,
                  scoredRow,
                  expected: row.expected,
                  attemptsBefore: row.attempts[`${variant}/${repeat}`] ?? 0,
                  cacheKey: cellKey({
                    revisionId,
                    contentState: states.get(revisionId),
                    inputs,
                    copy: row.copy,
                    repeat: repeat + (firsts[variant] ?? 0),
                  }),
                },
              ],
        ),
      );
    });
    const found = spec.useCache
      ? await cache.find(new Map(cells.map((cell) => [cell.cacheKey, cell.expected])))
      : new Map<string, CachedCell>();
    const cached = isTogether ? takenTogether(cells, rows, found) : found;
    const begun = new Set(rows.flatMap(({ row, there }) => (there.length > 0 ? [row] : [])));
    let [current, skipped]: [number, ReadonlySet<number>] = [-1, new Set()];
    for (const { expected: _, ...cell } of cells) {
      if (losers && cell.row !== current) {
        current = cell.row;
        // What was begun with all is ended with all.
        const out = spec.variants.flatMap((_each, variant) => (losers.isDropped(variant) ? [variant] : []));
        skipped = new Set(begun.has(current) ? [] : out);
        if (skipped.size > 0) losers.skip(current, skipped.size * spec.repeats);
      }
      if (!skipped.has(cell.variant)) yield { ...cell, cached: cached.get(cell.cacheKey) ?? null };
    }
  }
}
