import { runChunks, runParameterCount, runParameters, runParts } from "@/server/domain/run/write-runs";
import type { Database } from "@/server/platform/db/database";
import type { CellRun } from "./run-cell";
import type { ScoreError } from "./score-error";

/** One answer with its scores, as it goes into the database. */
export interface WrittenCell {
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  readonly rowId: string;
  readonly runId: string | null;
  readonly cached: boolean;
  readonly sourceId: string | null;
  readonly cacheKey: string;
  readonly status: "success" | "failure" | "unanswered";
  readonly outputs: string;
  readonly scores: string;
  readonly scoreErrors: Readonly<Record<string, ScoreError>>;
  readonly durationMs: number;
  readonly attempts: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** What all cells of a row say together, once they are all there. */
export interface WrittenRow {
  readonly row: number;
  readonly failed: boolean;
  /** Means over the repeats, variant by variant, metric by metric. */
  readonly values: readonly (number | null)[];
}

interface Item {
  readonly cell: WrittenCell;
  /** The run that gave it; null where the answer was taken from an earlier experiment. */
  readonly run: Pick<CellRun, "identity" | "log" | "summary"> | null;
  /** Cost of run and scorers, millionths of a US dollar. */
  readonly spent: number;
}

/** A parameter behind those of the runs. */
const own = (place: number): string => `$${runParameterCount + place}`;

/** One statement: runs with their logs, cells, rows that are done, and the count. */
const statement = `
WITH ${runParts}, "chunks" AS (${runChunks}), "cells" AS (
  INSERT INTO "ExperimentCell" ("workspaceId", "experimentId", "row", "variant", "repeat", "rowId", "runId", "cached", "sourceId", "cacheKey", "status", "outputs",
    "scores", "scoreErrors", "durationMs", "attempts", "inputTokens", "outputTokens", "costMicroUsd", "errorCode", "errorMessage", "createdAt")
  SELECT ${own(1)}, ${own(2)}, c."row", c."variant", c."repeat", c."rowId", c."runId", c."cached", c."sourceId", c."cacheKey", c."status", (${own(4)}::text[])[c."place"],
    (${own(5)}::text[])[c."place"], c."scoreErrors", c."durationMs", c."attempts", c."inputTokens", c."outputTokens", c."costMicroUsd", c."errorCode", c."errorMessage",
    (now() AT TIME ZONE 'utc')
  FROM jsonb_to_recordset(${own(3)}::jsonb) AS c("place" int, "row" int, "variant" int, "repeat" int, "rowId" text, "runId" text, "cached" boolean, "sourceId" text,
    "cacheKey" text, "status" text, "scoreErrors" jsonb, "durationMs" int, "attempts" int, "inputTokens" int, "outputTokens" int, "costMicroUsd" bigint,
    "errorCode" text, "errorMessage" text)
  ON CONFLICT DO NOTHING RETURNING "status"
), "rows" AS (
  UPDATE "ExperimentRow" SET "open" = false, "failed" = r."failed",
    "values" = ARRAY(SELECT v.value::float8 FROM jsonb_array_elements_text(r."values") WITH ORDINALITY AS v ORDER BY v.ordinality)
  FROM jsonb_to_recordset(${own(6)}::jsonb) AS r("row" int, "failed" boolean, "values" jsonb)
  WHERE "ExperimentRow"."experimentId" = ${own(2)} AND "ExperimentRow"."row" = r."row"
)
UPDATE "Experiment" SET "cellsDone" = "cellsDone" + (SELECT count(*) FROM "cells"), "spentMicroUsd" = "spentMicroUsd" + ${own(7)}::bigint,
  "failures" = "failures" + (SELECT count(*) FROM "cells" WHERE "status" = 'failure'),
  "unanswered" = "unanswered" + (SELECT count(*) FROM "cells" WHERE "status" = 'unanswered')
WHERE "id" = ${own(2)}`;

/** Cells that go together in one transaction. */
const mostAtOnce = 500;

const textOf = (value: string): string => value.replaceAll("\0", "").toWellFormed();

/**
 * Writes cells together with the runs that gave them and with the count of what is done, many in one transaction: after a crash a cell is there with its run,
 * or neither is. A cell that is there already stays as it is.
 */
export class CellWriter {
  #items: Item[] = [];
  #rows: WrittenRow[] = [];
  #writing: Promise<void> | null = null;
  #error: unknown = null;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly experimentId: string,
  ) {}

  /** How many wait to be written. */
  get waiting(): number {
    return this.#items.length;
  }

  add(item: Item, row: WrittenRow | null): void {
    this.#items.push(item);
    if (row !== null) this.#rows.push(row);
    void this.#flush().catch(() => {});
  }

  /** Resolves when all that was added is stored. Rejects with the first error there was. */
  async flush(): Promise<void> {
    while (this.#error === null && (this.#items.length > 0 || this.#writing !== null)) await this.#flush();
    if (this.#error !== null) throw this.#error;
  }

  #flush(): Promise<void> {
    // One transaction at a time: what comes meanwhile goes together in the next.
    this.#writing ??= this.#write()
      .catch((error: unknown) => {
        this.#error ??= error;
        throw error;
      })
      .finally(() => {
        this.#writing = null;
        if (this.#items.length > 0 && this.#error === null) void this.#flush().catch(() => {});
      });
    return this.#writing;
  }

  async #write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const items = this.#items.splice(0, mostAtOnce);
    if (items.length === 0) return;
    // A row is done with its last cell; where that still waits, so does the row.
    const waiting = new Set(this.#items.map(({ cell }) => cell.row));
    const rows = this.#rows.filter(({ row }) => !waiting.has(row));
    this.#rows = this.#rows.filter(({ row }) => waiting.has(row));
    const runs = items.flatMap(({ run }) => run ?? []);
    const spent = Math.round(items.reduce((sum, item) => sum + item.spent, 0));
    const cells = items.map(({ cell: { outputs: _outputs, scores: _scores, ...cell } }, index) => ({
      ...cell,
      place: index + 1,
      errorMessage: cell.errorMessage === null ? null : textOf(cell.errorMessage).slice(0, 1_000),
    }));
    await this.database.query(statement, [
      ...runParameters(runs.map(({ identity, log, summary }) => ({ run: identity, isNew: true, summary, ...log }))),
      this.workspaceId,
      this.experimentId,
      JSON.stringify(cells),
      items.map(({ cell }) => textOf(cell.outputs)),
      items.map(({ cell }) => textOf(cell.scores)),
      JSON.stringify(rows),
      spent,
    ]);
  }
}
