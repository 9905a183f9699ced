import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import type { Pair } from "@/runtime/fine-tuning/trainer/check-pairs";
import { inTurns, type Steps } from "@/runtime/node/steps";
import { readAllRows } from "@/server/domain/dataset/read-all-rows";
import { loadRows } from "@/server/domain/training-set/row-file";
import { findTrainingSet } from "@/server/domain/training-set/training-set-row";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { type TuningSource, tuningLimits } from "./fine-tuning.types";

export interface SourceRows {
  readonly name: string;
  readonly pairs: readonly Pair[];
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);

const refuse = (field: string, message: string, hint?: string) =>
  new ApplicationError("BAD_REQUEST", message, {
    reason: "input-invalid",
    fields: { [field]: message },
    ...(hint && { hint }),
  });

/** Questions and answers of a training set or a dataset; what the rows do not hold out themselves is drawn by the seed. */
export const rowsOfSource = async (
  database: Database,
  workspaceId: string,
  source: TuningSource,
  { heldOutShare, seed }: { readonly heldOutShare: number; readonly seed: number },
): Promise<SourceRows> => {
  const { name, rows } = await read(database, workspaceId, source);
  if (rows.length > tuningLimits.rows)
    throw refuse(
      "source",
      `A training takes ${tuningLimits.rows} rows at most; these are ${rows.length}.`,
      "Take a part of them.",
    );
  const long = rows.findIndex(
    ({ prompt, answer }) => prompt.length > tuningLimits.textCharacters || answer.length > tuningLimits.textCharacters,
  );
  if (long >= 0)
    throw refuse(
      "source",
      `Row ${long + 1} has a text of more than ${tuningLimits.textCharacters} characters.`,
      "Shorten it, or leave it out.",
    );
  return { name, pairs: await inTurns(split(rows, heldOutShare, seed)) };
};

interface Row {
  readonly prompt: string;
  readonly answer: string;
  /** null: not said. */
  readonly heldOut: boolean | null;
}

const read = async (
  database: Database,
  workspaceId: string,
  source: TuningSource,
): Promise<{ name: string; rows: Row[] }> => {
  if (source.kind === "training-set") {
    const set = await findTrainingSet(database, workspaceId, source.id);
    const rows = await loadRows(database, workspaceId, set.fileId);
    const given = rows.some(({ split: part }) => part === "test");
    return {
      name: set.name,
      rows: rows.map(({ text, label, split: part }) => ({
        prompt: text,
        answer: label,
        heldOut: given ? part === "test" : null,
      })),
    };
  }
  const { dataset, columns, rows } = await readAllRows(database, workspaceId, source.id);
  for (const field of ["prompt", "answer"] as const) {
    if (!columns.some(({ name }) => name === source[field]))
      throw refuse(`source.${field}`, `The dataset has no column "${source[field]}".`, "Choose one of its columns.");
  }
  const given = rows.some(({ split: part }) => part === "test" || part === "validation");
  return {
    name: dataset.name,
    rows: rows.map(({ inputs, expected, split: part }) => {
      const value = (column: string) => textOf(column in expected ? expected[column] : inputs[column]);
      const heldOut = given ? part === "test" || part === "validation" : null;
      return { prompt: value(source.prompt), answer: value(source.answer), heldOut };
    }),
  };
};

function* split(rows: readonly Row[], share: number, seed: number): Steps<Pair[]> {
  const random = seededRandom(seed);
  const pairs: Pair[] = [];
  for (const { prompt, answer, heldOut } of rows) {
    pairs.push({ prompt, answer, heldOut: heldOut ?? random() < share });
    yield;
  }
  return pairs;
}
