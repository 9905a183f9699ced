import type { Score } from "@/runtime/eval/contract/scorer";
import type { Database } from "@/server/platform/db/database";
import type { WrittenRow } from "./cell-writer";
import { rowMeans, type ScoredCell } from "./row-means";
import type { ScoreError } from "./score-error";

interface Stored {
  readonly row: number;
  readonly variant: number;
  readonly status: string;
  readonly scores: string;
  readonly scoreErrors: Readonly<Record<string, ScoreError>>;
}

/** Gathers the cells of rows that are not done, and says what a row comes to when its last one is there. */
export class RowTally {
  readonly #rows = new Map<number, ScoredCell[]>();

  /** Cells of a row that are not run. */
  readonly #skipped = new Map<number, number>();

  private constructor(private readonly cellsOfRow: number) {}

  /** With the cells that an earlier process left of rows that are not done. */
  static async read(database: Database, experimentId: string, cellsOfRow: number): Promise<RowTally> {
    const tally = new RowTally(cellsOfRow);
    const stored = await database.query<Stored>(
      `SELECT c."row", c."variant", c."status", c."scores", c."scoreErrors" FROM "ExperimentCell" c
       JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
       WHERE c."experimentId" = $1 AND r."open"`,
      [experimentId],
    );
    for (const { row, variant, status, scores, scoreErrors } of stored)
      tally.#of(row).push({
        variant,
        failed: status !== "success" || Object.keys(scoreErrors).length > 0,
        scores: JSON.parse(scores) as Record<string, Score>,
      });
    return tally;
  }

  /** null while cells of the row are still missing. */
  add(row: number, cell: ScoredCell, variants: number, metrics: readonly string[]): WrittenRow | null {
    const cells = this.#of(row);
    cells.push(cell);
    if (cells.length < this.cellsOfRow - (this.#skipped.get(row) ?? 0)) return null;
    this.#rows.delete(row);
    this.#skipped.delete(row);
    return { row, failed: cells.some(({ failed }) => failed), values: rowMeans(cells, variants, metrics) };
  }

  /** So many cells fewer are coming. Before the first of the row is there. */
  skip(row: number, cells: number): void {
    this.#skipped.set(row, cells);
  }

  #of(row: number): ScoredCell[] {
    const known = this.#rows.get(row);
    if (known !== undefined) return known;
    const cells: ScoredCell[] = [];
    this.#rows.set(row, cells);
    return cells;
  }
}
