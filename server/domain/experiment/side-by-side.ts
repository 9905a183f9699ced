import { isPairScorer, type Score } from "@/runtime/eval/contract/scorer";
import { closeness } from "@/runtime/eval/dataset/closeness";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { asText } from "@/runtime/eval/scorers/lib/as-text";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import type { Database } from "@/server/platform/db/database";
import { literalPattern } from "@/server/platform/db/like-pattern";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findExperiment } from "./find-experiment";
import { storedSpec } from "./ready-experiment";
import { readCharacters, rowOrder, valuesIn } from "./row-order";
import { answerText } from "./row-pages";
import {
  type ShownAnswer,
  type ShownJudgement,
  type ShownRow,
  type ShownText,
  type SideBySide,
  sideBySideInput,
} from "./side-by-side.types";

/** Characters of a text, and of a judge's reason, that are sent. */
const [mostText, mostReason] = [4_000, 600];

type Spec = ReturnType<typeof storedSpec>;

interface RowRow {
  readonly row: number;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
}
interface CellRow {
  readonly row: number;
  readonly variant: number;
  readonly status: ShownAnswer["status"];
  readonly outputs: string;
  readonly scores: string;
  readonly errorMessage: string | null;
}
interface Said {
  readonly scorerId: string;
  readonly row: number;
  readonly variant: number;
  readonly value: number | null;
  readonly labels: number;
}

const cut = (text: string) => ({ text: text.slice(0, mostText), isCut: text.length > mostText });
const textsOf = (json: string): ShownText[] =>
  Object.entries(valuesIn(json)).map(([name, value]) => ({ name, ...cut(asText(value)) }));

const matching = async (database: Database, id: string, query: string): Promise<ReadonlySet<number>> => {
  // Values are kept as JSON: what is looked for is spelled as it is there.
  const like = `%${literalPattern(JSON.stringify(query).slice(1, -1))}%`;
  const found = await database.query<{ row: number }>(
    `SELECT "row" FROM "ExperimentRow" WHERE "experimentId" = $1 AND ("inputs" ILIKE $2 OR "expected" ILIKE $2)
     UNION SELECT "row" FROM "ExperimentCell" WHERE "experimentId" = $1 AND "outputs" ILIKE $2`,
    [id, like],
  );
  return new Set(found.map(({ row }) => row));
};

const labelled = async (database: Database, id: string): Promise<ReadonlySet<number>> => {
  const found = await database.query<{ row: number }>(
    `SELECT DISTINCT "row" FROM "ReviewAnswer" WHERE "experimentId" = $1`,
    [id],
  );
  return new Set(found.map(({ row }) => row));
};

/** Scorers that a model or people answer for. */
const askedOf = (spec: Spec) =>
  spec.scorers.flatMap(({ id, type }) => {
    const scorer = findScorer(type);
    if (scorer === undefined || (scorer.judge !== true && scorer.asksPerson !== true)) return [];
    return [{ id, pairwise: isPairScorer(scorer), key: metricsOf(scorer)[0]?.key ?? "" }];
  });

const judgementsOf = (
  asked: ReturnType<typeof askedOf>,
  scores: Readonly<Record<string, Score>>,
  place: string,
  { pairs, people }: { readonly pairs: ReadonlyMap<string, Said>; readonly people: ReadonlyMap<string, Said> },
): ShownJudgement[] =>
  asked.flatMap(({ id, pairwise, key }): ShownJudgement[] => {
    const own = scores[id];
    const said = people.get(`${id}/${place}`);
    const judge = pairwise ? (pairs.get(`${id}/${place}`)?.value ?? null) : (own?.values[key] ?? null);
    if (judge === null && own === undefined && said === undefined) return [];
    return [
      {
        scorerId: id,
        judge,
        reason: own?.reason?.slice(0, mostReason) ?? null,
        people: said?.value ?? null,
        labels: said?.labels ?? 0,
      },
    ];
  });

const rowsOf = async (
  database: Database,
  { id, repeat }: { readonly id: string; readonly repeat: number },
  spec: Spec,
  places: readonly number[],
  nearOf: (row: number) => number | null,
): Promise<ShownRow[]> => {
  const parameters = [id, places];
  const [rows, cells, pairs, people] = await Promise.all([
    database.query<RowRow>(
      `SELECT "row", left("inputs", ${readCharacters}) AS "inputs", left("expected", ${readCharacters}) AS "expected", "tags"
       FROM "ExperimentRow" WHERE "experimentId" = $1 AND "row" = ANY($2::int[])`,
      parameters,
    ),
    database.query<CellRow>(
      `SELECT "row", "variant", "status", left("outputs", ${readCharacters}) AS "outputs", "scores", "errorMessage"
       FROM "ExperimentCell" WHERE "experimentId" = $1 AND "row" = ANY($2::int[]) AND "repeat" = $3`,
      [...parameters, repeat],
    ),
    database.query<Said>(
      `SELECT "scorerId", "row", "variant", "value", 0 AS "labels" FROM "ExperimentPair"
       WHERE "experimentId" = $1 AND "row" = ANY($2::int[]) AND "repeat" = $3`,
      [...parameters, repeat],
    ),
    database.query<Said>(
      `SELECT "scorerId", "row", "variant", avg("value")::float8 AS "value", count(*)::int AS "labels" FROM "ReviewAnswer"
       WHERE "experimentId" = $1 AND "row" = ANY($2::int[]) AND "repeat" = $3 GROUP BY 1, 2, 3`,
      [...parameters, repeat],
    ),
  ]);
  const [scorerId = "", ...rest] = spec.primary.split(".");
  const scorer = spec.scorers.find((each) => each.id === scorerId);
  const asked = askedOf(spec);
  const byPlace = (all: readonly Said[]) =>
    new Map(all.map((each) => [`${each.scorerId}/${each.row}/${each.variant}`, each]));
  const said = { pairs: byPlace(pairs), people: byPlace(people) };
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const cellAt = new Map(cells.map((cell) => [`${cell.row}/${cell.variant}`, cell]));
  return places.flatMap((place): ShownRow[] => {
    const row = byRow.get(place);
    if (row === undefined) return [];
    const wanted = answerText(valuesIn(row.expected), scorer?.expected);
    const answers = spec.variants.map((_, variant): ShownAnswer | null => {
      const cell = cellAt.get(`${place}/${variant}`);
      if (cell === undefined) return null;
      const text = answerText(valuesIn(cell.outputs), scorer?.output);
      const scores = JSON.parse(cell.scores) as Record<string, Score>;
      return {
        status: cell.status,
        ...cut(text),
        errorMessage: cell.errorMessage,
        isExact: wanted === "" || cell.status !== "success" ? null : closeness(text, wanted) === 1,
        value: scores[scorerId]?.values[rest.join(".")] ?? null,
        judgements: judgementsOf(asked, scores, `${place}/${variant}`, said),
      };
    });
    return [
      {
        row: place,
        tags: row.tags,
        near: nearOf(place),
        inputs: textsOf(row.inputs),
        expected: textsOf(row.expected),
        answers,
      },
    ];
  });
};

/** A page of rows with what was expected and all variants' answers side by side, what was judged of them, and what people said; exact matches first, then the nearest misses. */
export const sideBySide = viewerProcedure.input(sideBySideInput).query(async ({ ctx, input }): Promise<SideBySide> => {
  const { database, workspaceId } = ctx;
  const { id, repeat, show, query, size } = input;
  const experiment = await findExperiment(database, workspaceId, id);
  const spec = storedSpec(experiment.spec);
  const other = spec.variants.findIndex(({ key }) => key !== spec.baseline);
  const variant = input.variant ?? Math.max(0, other);
  if (variant >= spec.variants.length || repeat >= spec.repeats) {
    throw new ApplicationError("BAD_REQUEST", "The experiment has no such variant or repeat.", {
      reason: "input-invalid",
      hint: `Its variants are numbered from 0 to ${spec.variants.length - 1}, its repeats from 0 to ${spec.repeats - 1}.`,
    });
  }
  const [order, found, said] = await Promise.all([
    rowOrder(database, spec, { id, variant, repeat }, experiment.cellsDone),
    query === "" ? null : matching(database, id, query),
    show === "labelled" ? labelled(database, id) : null,
  ]);
  const near = new Map<number, number>();
  const fitting: number[] = [];
  let exact = 0;
  for (let place = 0; place < order.rows.length; place += 1) {
    const [row, how] = [order.rows[place] as number, order.near[place] as number];
    near.set(row, how);
    if (how === 1) exact += 1;
    if (found?.has(row) === false || said?.has(row) === false) continue;
    if ((show === "exact" && how !== 1) || (show === "missed" && how === 1)) continue;
    fitting.push(row);
  }
  const pages = Math.max(1, Math.ceil(fitting.length / size));
  const page = Math.min(input.page, pages - 1);
  const places = fitting.slice(page * size, (page + 1) * size);
  const nearOf = (row: number) => {
    const how = near.get(row) ?? Number.NaN;
    return Number.isNaN(how) || how < 0 ? null : how;
  };
  const rows = await rowsOf(database, { id, repeat }, spec, places, nearOf);
  return { rows, variant, total: fitting.length, exact, page, pages };
});
