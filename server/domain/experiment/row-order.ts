import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { closeness } from "@/runtime/eval/dataset/closeness";
import { inTurns, type Steps } from "@/runtime/node/steps";
import type { Database } from "@/server/platform/db/database";
import { metricDirection, metricIdsOf } from "./ready-experiment";
import { answerText } from "./row-pages";

/** Rows of an experiment, those that a variant has right first, then the nearest misses, at the end those without an answer. */
export interface RowOrder {
  readonly rows: Int32Array;
  /** By place: 1 is the expected text itself, below it how near it is; negative where there is no answer, NaN where nothing is expected. */
  readonly near: Float32Array;
}

interface RowText {
  readonly row: number;
  readonly expected: string;
  readonly value: number | null;
  readonly status: string | null;
  readonly outputs: string | null;
}

/** Rows that are read at once, and characters of each answer that are looked at. */
const batch = 500;
export const readCharacters = 20_000;

/** Values by name, as JSON; a text that was cut is what it begins with. */
export const valuesIn = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { answer: text };
  }
};

interface Asked {
  readonly id: string;
  readonly variant: number;
  readonly repeat: number;
}

const failed = -1;
const absent = -2;

function* nearOf(rows: readonly RowText[], { output, expected }: { output?: string; expected?: string }) {
  const found: number[] = [];
  for (const row of rows) {
    const wanted = answerText(valuesIn(row.expected), expected);
    found.push(
      row.status === null || row.status === "unanswered"
        ? absent
        : row.status !== "success" || row.outputs === null
          ? failed
          : wanted === ""
            ? Number.NaN
            : closeness(answerText(valuesIn(row.outputs), output), wanted),
    );
    yield;
  }
  return found;
}

/** Orders all rows of an experiment by how near a variant's answers are; where nothing is expected, by the main metric. Reads the answers, a batch at a time. */
const orderRows = async (
  database: Pick<Database, "query">,
  spec: ExperimentSpec,
  { id, variant, repeat }: Asked,
): Promise<RowOrder> => {
  const scorer = spec.scorers.find((each) => each.id === spec.primary.split(".")[0]);
  const metrics = metricIdsOf(spec);
  const place = variant * metrics.length + metrics.indexOf(spec.primary) + 1;
  const better = metricDirection(scorer?.type ?? "", spec.primary.slice(spec.primary.indexOf(".") + 1));
  const all: { readonly row: number; readonly near: number; readonly value: number }[] = [];
  for (let after = -1; ; ) {
    const rows = await database.query<RowText>(
      `SELECT r."row", left(r."expected", ${readCharacters}) AS "expected", r."values"[$5] AS "value", c."status", left(c."outputs", ${readCharacters}) AS "outputs"
       FROM "ExperimentRow" r LEFT JOIN "ExperimentCell" c
         ON c."experimentId" = r."experimentId" AND c."row" = r."row" AND c."variant" = $3 AND c."repeat" = $4
       WHERE r."experimentId" = $1 AND r."row" > $2 ORDER BY r."row" LIMIT ${batch}`,
      [id, after, variant, repeat, place],
    );
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.row;
    const near: readonly number[] = await inTurns<number[]>(nearOf(rows, scorer ?? {}) as Steps<number[]>);
    for (const [index, { row, value }] of rows.entries()) {
      const sign = better === "higher" ? 1 : -1;
      all.push({ row, near: near[index] as number, value: value === null ? Number.NEGATIVE_INFINITY : sign * value });
    }
  }
  // Where nothing is expected, any answer stands before none.
  const rank = ({ near }: { readonly near: number }) => (Number.isNaN(near) ? 0 : near);
  all.sort((one, other) => rank(other) - rank(one) || compared(other.value, one.value) || one.row - other.row);
  return { rows: Int32Array.from(all, ({ row }) => row), near: Float32Array.from(all, ({ near }) => near) };
};

const compared = (one: number, other: number): number => (one === other ? 0 : one > other ? 1 : -1);

/** Orders that are kept: somebody who turns pages asks for the same one again. */
const mostKept = 12;
const kept = new Map<string, Promise<RowOrder>>();

/** The order of an experiment's rows as it is after so many answers; worked out once and kept a while. */
export const rowOrder = (
  database: Pick<Database, "query">,
  spec: ExperimentSpec,
  asked: Asked,
  answers: number,
): Promise<RowOrder> => {
  const key = `${asked.id}/${asked.variant}/${asked.repeat}/${answers}`;
  const known = kept.get(key) ?? orderRows(database, spec, asked);
  // The latest asked for stand last.
  kept.delete(key);
  kept.set(key, known);
  known.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return known;
};
