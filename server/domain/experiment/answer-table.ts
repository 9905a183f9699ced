import type { Score } from "@/runtime/eval/contract/scorer";
import { frameOf } from "@/runtime/eval/report/evidence";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import type { Database } from "@/server/platform/db/database";
import { answerColumns, caseColumns } from "./answer-columns";
import type { storedSpec } from "./ready-experiment";
import { valuesOf } from "./row-pages";

type Spec = ReturnType<typeof storedSpec>;
export type AnswerCell = string | number | null;

interface RowRow {
  readonly row: number;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
  readonly split: string | null;
  readonly group: string | null;
  readonly weight: number;
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
  readonly attempts: number;
  readonly durationMs: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: string | number | null;
  readonly cached: boolean;
  readonly sourceId: string | null;
}
interface Label {
  readonly scorerId: string;
  readonly row: number;
  readonly variant: number;
  readonly repeat: number;
  readonly value: number;
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
  /** Scorers that people label answers for. */
  readonly labelled: readonly string[];
}

/** Rows and answers that are looked at for their columns. */
const sampled = 500;

const columnsOf = async (database: Pick<Database, "query">, experimentId: string, spec: Spec): Promise<Columns> => {
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
    labelled: spec.scorers.flatMap(({ id, type }) => {
      const scorer = findScorer(type);
      return scorer?.judge === true || scorer?.asksPerson === true ? [id] : [];
    }),
  };
};

/** By row: the number of its independent group, from 1. */
const groupsOf = async (
  database: Pick<Database, "query">,
  experimentId: string,
): Promise<ReadonlyMap<number, number>> => {
  const rows = await database.query<{ row: number; weight: number; group: string | null; inputsKey: string }>(
    `SELECT "row", "weight", "group", "inputsKey" FROM "ExperimentRow" WHERE "experimentId" = $1 ORDER BY "row"`,
    [experimentId],
  );
  const { clusters } = frameOf(rows.map((each) => ({ ...each, tags: [], split: null })));
  return new Map(rows.map(({ row }, place) => [row, (clusters[place] as number) + 1]));
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
  const [columns, groups] = await Promise.all([
    columnsOf(database, experimentId, spec),
    groupsOf(database, experimentId),
  ]);
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
    ...caseColumns.map(({ name }) => name),
    ...places.flatMap(({ title }) => namesOf(columns).map((name) => `${title}: ${name}`)),
  ];
  for (let after = -1; ; ) {
    const rows = await database.query<RowRow>(
      `SELECT "row", "inputs", "expected", "tags", "split", "group", "weight" FROM "ExperimentRow" WHERE "experimentId" = $1 AND "row" > $2 ORDER BY "row" LIMIT ${pageRows}`,
      [experimentId, after],
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.row ?? after;
    const asked = [experimentId, rows.map(({ row }) => row)];
    const [cells, labels] = await Promise.all([
      database.query<CellRow>(
        `SELECT "row", "variant", "repeat", "status", "outputs", "scores", "runId", "errorMessage", "attempts", "durationMs", "inputTokens", "outputTokens",
           "costMicroUsd", "cached", "sourceId"
         FROM "ExperimentCell" WHERE "experimentId" = $1 AND "row" = ANY($2::int[])`,
        asked,
      ),
      database.query<Label>(
        `SELECT "scorerId", "row", "variant", "repeat", avg("value")::float8 AS "value" FROM "ReviewAnswer"
         WHERE "experimentId" = $1 AND "row" = ANY($2::int[]) GROUP BY 1, 2, 3, 4`,
        asked,
      ),
    ]);
    const byPlace = new Map(cells.map((cell) => [`${cell.row} ${cell.variant} ${cell.repeat}`, cell]));
    const said = new Map(labels.map((each) => [`${each.row} ${each.variant} ${each.repeat} ${each.scorerId}`, each]));
    for (const { row, inputs, expected, tags, split, group, weight } of rows) {
      const [given, wanted] = [JSON.parse(inputs) as Values, JSON.parse(expected) as Values];
      yield [
        row + 1,
        ...columns.inputs.map((name) => cellOf(given[name])),
        ...columns.expected.map((name) => cellOf(wanted[name])),
        tags.join("|"),
        split,
        group,
        weight,
        groups.get(row) ?? null,
        ...places.flatMap(({ variant, repeat }) => {
          const place = `${row} ${variant} ${repeat}`;
          return answerOf(byPlace.get(place), columns, experimentId, (scorer) => said.get(`${place} ${scorer}`)?.value);
        }),
      ];
    }
  }
}

const people = "people";

/** Columns of one answer. */
const namesOf = ({ outputs, metrics, labelled }: Columns): readonly string[] => [
  ...answerColumns.before.map(({ name }) => name),
  ...outputs,
  ...metrics,
  ...answerColumns.behind.flatMap(({ name }) =>
    name === people ? labelled.map((scorer) => `${people}: ${scorer}`) : [name],
  ),
];

const answerOf = (
  cell: CellRow | undefined,
  columns: Columns,
  experimentId: string,
  said: (scorerId: string) => number | undefined,
): readonly AnswerCell[] => {
  if (cell === undefined) return namesOf(columns).map(() => null);
  const given = JSON.parse(cell.outputs) as Values;
  const scored: Readonly<Record<string, number | null>> = valuesOf(JSON.parse(cell.scores) as Record<string, Score>);
  return [
    cell.errorMessage === null ? cell.status : `${cell.status}: ${cell.errorMessage}`,
    ...columns.outputs.map((name) => cellOf(given[name])),
    ...columns.metrics.map((name) => scored[name] ?? null),
    ...columns.labelled.map((scorer) => said(scorer) ?? null),
    cell.attempts,
    cell.durationMs,
    cell.inputTokens,
    cell.outputTokens,
    cell.costMicroUsd === null ? null : Number(cell.costMicroUsd),
    String(cell.cached),
    cell.cached ? cell.sourceId : experimentId,
    cell.runId,
  ];
};
