import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import type { ScoredRow } from "@/runtime/eval/scorers/score-cell";
import type { Database } from "@/server/db";
import { type CachedCell, findCachedCells } from "./cached-cells";
import { contentStates } from "./content-states";
import { inputsOfRow } from "./inputs-of-row";
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
  readonly cached: CachedCell | null;
}

interface OpenRow {
  readonly row: number;
  readonly rowId: string;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
  /** `variant/repeat` of cells that are there. */
  readonly there: string[];
}

const page = 200;

/**
 * The cells that are missing, row by row, all variants of a row before the next: what is there at any moment compares like with like. Reads a page of
 * rows at a time.
 */
export async function* openCells(
  database: Database,
  { workspaceId, id, spec }: { readonly workspaceId: string; readonly id: string; readonly spec: ExperimentSpec },
): AsyncGenerator<OpenCell, void> {
  for (let after = -1; ; ) {
    const rows = await database.query<OpenRow>(
      `SELECT r."row", r."rowId", r."inputs", r."expected", r."tags",
         ARRAY(SELECT c."variant" || '/' || c."repeat" FROM "ExperimentCell" c WHERE c."experimentId" = $1 AND c."row" = r."row") AS "there"
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
                  cacheKey: cellKey(revisionId, states.get(revisionId), inputs, repeat),
                },
              ],
        ),
      );
    });
    const cached = spec.useCache
      ? await findCachedCells(database, workspaceId, id, new Map(cells.map((cell) => [cell.cacheKey, cell.expected])))
      : null;
    for (const { expected: _, ...cell } of cells) yield { ...cell, cached: cached?.get(cell.cacheKey) ?? null };
  }
}
