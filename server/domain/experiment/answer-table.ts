import type { Score } from "@/runtime/eval/contract/scorer";
import type { Database } from "@/server/platform/db/database";
import type { storedSpec } from "./ready-experiment";
import { valuesOf } from "./row-pages";

type Spec = ReturnType<typeof storedSpec>;
export type AnswerCell = string | number | null;

interface RowRow {
  readonly row: number;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
}
interface CellRow {
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  readonly status: string;
  readonly outputs: string;
  readonly scores: string;
  readonly runId: string | null;
  readonly errorMessage: string | null;
}
type Values = Readonly<Record<string, unknown>>;

/** Rows that are read at once; answers may be long. */
const pageRows = 100;

const cellOf = (value: unknown): AnswerCell => {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
};

/** Columns of what was asked and expected, by name, as any of the first rows has them. */
interface Columns {
  readonly inputs: readonly string[];
  readonly expected: readonly string[];
  readonly outputs: readonly string[];
  readonly metrics: readonly string[];
}

/** Rows and answers that are looked at for their columns. */
const sampled = 500;

const columnsOf = async (database: Pick<Database, "query">, experimentId: string): Promise<Columns> => {
  const [rows, cells] = await Promise.all([
    database.query<Pick<RowRow, "inputs" | "expected">>(
      `SELECT "inputs", "expected" FROM "ExperimentRow" WHERE "experimentId" = $1 ORDER BY "row" LIMIT ${sampled}`,
      [experimentId],
    ),
    database.query<Pick<CellRow, "outputs" | "scores">>(
      `SELECT "outputs", "scores" FROM "ExperimentCell" WHERE "experimentId" = $1 ORDER BY "row" LIMIT ${sampled}`,
      [experimentId],
    ),
  ]);
  const names = (texts: readonly string[]) => [
    ...new Set(texts.flatMap((text) => Object.keys(JSON.parse(text) as Values))),
  ];
  const metrics = cells.flatMap(({ scores }) => Object.keys(valuesOf(JSON.parse(scores) as Record<string, Score>)));
  return {
    inputs: names(rows.map(({ inputs }) => inputs)),
    expected: names(rows.map(({ expected }) => expected)),
    outputs: names(cells.map(({ outputs }) => outputs)),
    metrics: [...new Set(metrics)],
  };
};

/**
 * Every answer of an experiment as a table, line by line, the header first: what was asked and expected, then of each variant and repeat how it ended, its
 * answers, its scores and the run that gave them.
 */
export async function* answerTable(
  database: Pick<Database, "query">,
  experimentId: string,
  spec: Spec,
  nameOf: (key: string) => string,
): AsyncGenerator<readonly AnswerCell[]> {
  const columns = await columnsOf(database, experimentId);
  const places = spec.variants.flatMap(({ key }, variant) =>
    Array.from({ length: spec.repeats }, (_, repeat) => ({
      variant,
      repeat,
      title: spec.repeats === 1 ? nameOf(key) : `${nameOf(key)} #${repeat + 1}`,
    })),
  );
  yield [
    "row",
    ...columns.inputs,
    ...columns.expected.map((name) => `expected: ${name}`),
    "tags",
    ...places.flatMap(({ title }) => [
      `${title}: status`,
      ...[...columns.outputs, ...columns.metrics].map((name) => `${title}: ${name}`),
      `${title}: run`,
    ]),
  ];
  for (let after = -1; ; ) {
    const rows = await database.query<RowRow>(
      `SELECT "row", "inputs", "expected", "tags" FROM "ExperimentRow" WHERE "experimentId" = $1 AND "row" > $2 ORDER BY "row" LIMIT ${pageRows}`,
      [experimentId, after],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.row ?? after;
    const cells = await database.query<CellRow>(
      `SELECT "row", "variant", "repeat", "status", "outputs", "scores", "runId", "errorMessage" FROM "ExperimentCell"
       WHERE "experimentId" = $1 AND "row" = ANY($2::int[])`,
      [experimentId, rows.map(({ row }) => row)],
    );
    const byPlace = new Map(cells.map((cell) => [`${cell.row} ${cell.variant} ${cell.repeat}`, cell]));
    for (const { row, inputs, expected, tags } of rows) {
      const [asked, wanted] = [JSON.parse(inputs) as Values, JSON.parse(expected) as Values];
      yield [
        row + 1,
        ...columns.inputs.map((name) => cellOf(asked[name])),
        ...columns.expected.map((name) => cellOf(wanted[name])),
        tags.join("|"),
        ...places.flatMap(({ variant, repeat }) => answerOf(byPlace.get(`${row} ${variant} ${repeat}`), columns)),
      ];
    }
  }
}

const answerOf = (cell: CellRow | undefined, { outputs, metrics }: Columns): readonly AnswerCell[] => {
  if (cell === undefined) return [null, ...outputs.map(() => null), ...metrics.map(() => null), null];
  const given = JSON.parse(cell.outputs) as Values;
  const scored: Readonly<Record<string, number | null>> = valuesOf(JSON.parse(cell.scores) as Record<string, Score>);
  return [
    cell.errorMessage === null ? cell.status : `${cell.status}: ${cell.errorMessage}`,
    ...outputs.map((name) => cellOf(given[name])),
    ...metrics.map((name) => scored[name] ?? null),
    cell.runId,
  ];
};
