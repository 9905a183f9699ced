import { fail, ok, type Result } from "@/runtime/graph/result";
import type { InputField } from "@/runtime/node/define-node";
import { parseExactJson } from "@/runtime/node/exact-json";
import { checkInputs } from "@/runtime/plan/check-inputs";
import { rowInputs } from "@/server/domain/sheet/row-inputs";
import { isStorable } from "@/server/platform/guard/storable";
import { type GivenRow, batchLimits as limits } from "./batch.types";

export interface ReadRows {
  readonly rows: readonly GivenRow[];
  readonly ignored: readonly string[];
}

const tooMany = `A batch holds at most ${limits.rows} rows. Send them in several.`;

/** What keeps a row from being run: the inputs as they are sent, files by their ids, which are looked up when its turn comes. */
export const problemOf = (fields: readonly InputField[], inputs: unknown): string | null => {
  if (!isStorable(inputs)) return "A value holds signs that cannot be stored.";
  const checked = checkInputs(fields, inputs);
  if (checked.ok) return null;
  // A file is given by its id alone; the rest of it is looked up later.
  const others = checked.error.filter(({ field }) => !["image", "audio", "file"].includes(kindOf(fields, field)));
  const [first] = others;
  return first === undefined ? null : first.message;
};

const kindOf = (fields: readonly InputField[], name: string): string =>
  fields.find((field) => field.name === name)?.kind ?? "";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const idOf = (given: unknown): string | null =>
  typeof given === "string" || typeof given === "number" ? String(given).slice(0, limits.customIdCharacters) : null;

/**
 * One JSON object a line: `{"custom_id": "…", "inputs": {…}}`, or the inputs themselves. A line that is no such object fails the whole, by its number: rows that are left out in silence
 * would be missed too late. Blank lines are none.
 */
export const readJsonLines = (text: string, fields: readonly InputField[]): Result<ReadRows, string> => {
  const rows: GivenRow[] = [];
  let line = 0;
  for (const written of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    line += 1;
    if (written.trim() === "") continue;
    if (rows.length === limits.rows) return fail(tooMany);
    if (written.length > limits.rowBytes) return fail(`Line ${line} is longer than ${limits.rowBytes / 1024} KiB.`);
    let value: unknown;
    try {
      value = parseExactJson(written);
    } catch {
      return fail(`Line ${line} is not JSON. Write one object a line.`);
    }
    if (!isRecord(value)) return fail(`Line ${line} is not a JSON object.`);
    const isWrapped = isRecord(value.inputs) && !fields.some(({ name }) => name === "inputs");
    const other = Object.keys(value).find((name) => isWrapped && name !== "inputs" && name !== "custom_id");
    if (other !== undefined)
      return fail(`Line ${line} has "${other.slice(0, 60)}" beside "inputs"; only "custom_id" may stand there.`);
    const inputs = isWrapped ? (value.inputs as Record<string, unknown>) : value;
    rows.push({ customId: isWrapped ? idOf(value.custom_id) : null, inputs, problem: problemOf(fields, inputs) });
  }
  return finish({ rows, ignored: [] });
};

/** A table whose columns are called as the inputs are; `custom_id` names the rows. */
export const readTableRows = (
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  fields: readonly InputField[],
): Result<ReadRows, string> => {
  if (cells.length > limits.rows) return fail(tooMany);
  const fold = (name: string) => name.trim().toLowerCase();
  const placeOf = (name: string) => columns.findIndex((column) => fold(column) === fold(name));
  const mapping = Object.fromEntries(
    fields.map(({ name }) => [name, placeOf(name)] as const).filter(([, place]) => place >= 0),
  );
  if (Object.keys(mapping).length === 0)
    return fail(
      `No column is called as an input: the inputs are ${fields.map(({ name }) => `"${name}"`).join(", ")}, the columns ${columns
        .slice(0, 20)
        .map((name) => `"${name.slice(0, 40)}"`)
        .join(", ")}.`,
    );
  const id = placeOf("custom_id");
  const rows = cells.map((row): GivenRow => {
    const customId = id < 0 ? null : idOf(row[id]?.trim() || null);
    const read = rowInputs(fields, row, mapping, {});
    if (!read.ok) return { customId, inputs: {}, problem: read.error };
    if (read.value === "blank") return { customId, inputs: {}, problem: "No cell of this row feeds an input." };
    return { customId, inputs: read.value, problem: null };
  });
  const used = new Set([...Object.values(mapping), id]);
  return finish({ rows, ignored: columns.filter((_, place) => !used.has(place)) });
};

/** Rows are told apart by what their sender calls them: two of one name could not be. */
const finish = (read: ReadRows): Result<ReadRows, string> => {
  if (read.rows.length === 0) return fail("There are no rows.");
  const places = new Map<string, number>();
  for (const [row, { customId }] of read.rows.entries()) {
    if (customId === null) continue;
    const former = places.get(customId);
    if (former !== undefined)
      return fail(`Rows ${former + 1} and ${row + 1} have the same custom_id, "${customId.slice(0, 60)}".`);
    places.set(customId, row);
  }
  return ok(read);
};
