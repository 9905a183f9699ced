import { fail, ok, type Result } from "../graph/result";
import { parseExactJson } from "../node/exact-json";
import { columnLetters } from "./column-names";
import type { Grid, GridLimits, WarnOfTable } from "./grid";

export interface JsonRecords {
  readonly format: "json" | "jsonl";
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Line of each record; of JSON that is one value, its number. */
  readonly lines: readonly number[];
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

const tryParse = (text: string): unknown => {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
};

/** JSON lines, one JSON list of records, one record, or `{"data": [records]}`; null for a text that is no JSON. The error is an English sentence. */
export function readJson(given: string, limits: Pick<GridLimits, "rows">): Result<JsonRecords, string> | null {
  const text = unfenced(given.replace(/^\ufeff/, ""));
  const start = text.trimStart();
  if (/^\[\s*\[/.test(start)) {
    const records = recordsOfRows(tryParse(start));
    return records === null ? null : fromValue(records, limits);
  }
  if (!/^(?:\{|\[\s*[{\]])/.test(start)) return null;
  const whole = tryParse(start);
  if (whole !== undefined) return fromValue(whole, limits);
  if (start.startsWith("[")) {
    const line = failureLine(start);
    return fail(
      `The text begins like a JSON list but is not valid JSON${line}. Write one object a line (JSONL), or use CSV.`,
    );
  }
  const records: Readonly<Record<string, unknown>>[] = [];
  const lines: number[] = [];
  let number = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    number++;
    if (line.trim() === "") continue;
    const value = tryParse(line);
    if (value === undefined) return fail(`Line ${number} is not JSON. Write one object a line.`);
    const record = asRecord(value);
    if (record === null) return fail(`Line ${number} is not a JSON object.`);
    if (records.length >= limits.rows) return fail(tooMany(limits.rows));
    records.push(record);
    lines.push(number);
  }
  return ok({ format: "jsonl", records, lines });
}

/** `[["name", "price"], ["Lamp", 12]]`: rows of cells, the first of which name the columns where all of it are different texts. */
function recordsOfRows(value: unknown): readonly Readonly<Record<string, unknown>>[] | null {
  if (!Array.isArray(value) || !value.every((row): row is unknown[] => Array.isArray(row) && row.length > 0))
    return null;
  const [first = [], ...rest] = value;
  const isHeader =
    rest.length > 0 && first.every((cell) => typeof cell === "string") && new Set(first).size === first.length;
  const widest = value.reduce((most, { length }) => Math.max(most, length), 0);
  const names = Array.from({ length: widest }, (_, place) => (isHeader && first[place]) || columnLetters(place));
  return (isHeader ? rest : value).map((row) => Object.fromEntries(row.map((cell, place) => [names[place], cell])));
}

const tooMany = (rows: number): string => `The table has more than ${rows} rows.`;

const failureLine = (text: string): string => {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    return at === undefined ? "" : ` (line ${text.slice(0, Number(at)).split("\n").length})`;
  }
};

function fromValue(value: unknown, limits: Pick<GridLimits, "rows">): Result<JsonRecords, string> {
  const list = listOf(value);
  if (list.length > limits.rows) return fail(tooMany(limits.rows));
  const records: Readonly<Record<string, unknown>>[] = [];
  for (const [index, entry] of list.entries()) {
    const record = asRecord(entry);
    if (record === null) return fail(`Entry ${index + 1} of the list is not a JSON object.`);
    records.push(record);
  }
  return ok({ format: "json", records, lines: records.map((_, index) => index + 1) });
}

/** The list itself, or the only list of records in an object, as programs wrap their exports. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const lists = Object.values(asRecord(value) ?? {}).filter(
    (inner): inner is unknown[] =>
      Array.isArray(inner) && inner.length > 0 && inner.every((each) => asRecord(each) !== null),
  );
  return lists.length === 1 && Object.keys(value as object).length <= 3 ? (lists[0] ?? []) : [value];
}

/** The inside of a Markdown fence, with or without words around it. */
export function unfenced(text: string): string {
  const opened =
    /^(?:[^\n]{0,300}\n){0,5}?[ \t]*(`{3,}|~{3,})(?:[ \t]*(?:json|jsonl|ndjson|csv|tsv|markdown|md|text|html))?[ \t]*\n/i.exec(
      text,
    );
  if (opened === null) return text;
  const from = opened[0].length;
  const close = text.indexOf(`\n${opened[1]}`, from - 1);
  return text.slice(from, close < 0 ? undefined : close + 1);
}

/** Cells of records: columns in the order in which records first name them. Texts as they are, all else as JSON writes it. */
export function gridOfRecords({ records, lines }: JsonRecords, limits: GridLimits, warn: WarnOfTable): Grid {
  const places = new Map<string, number>();
  for (const record of records) {
    for (const key of Object.keys(record))
      if (!places.has(key) && places.size < limits.columns + 1) places.set(key, places.size);
  }
  if (places.size > limits.columns) {
    warn({ code: "table-cut", message: `Columns after the first ${limits.columns} were left out.`, line: 1 });
  }
  const names = [...places.keys()].slice(0, limits.columns);
  return {
    headerRows: 1,
    rows: [
      { cells: names, line: 0 },
      ...records.map((record, index) => ({
        cells: names.map((name) => (Object.hasOwn(record, name) ? cellOf(record[name]) : "")),
        line: lines[index] ?? index + 1,
      })),
    ],
  };
}

const cellOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};
