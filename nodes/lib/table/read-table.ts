import { fail, ok, type Result } from "@/runtime/graph/result";
import { setOwn } from "@/runtime/node/record";
import { valueLimits } from "@/runtime/node/value-limits";
import { parseJson } from "../parse-json";
import { excerpt } from "../readable";
import { parseCsv } from "./parse-csv";

export type Row = Readonly<Record<string, unknown>>;

export const tableLimits = { rows: 10_000, columns: 200, characters: valueLimits.characters } as const;

const tooMany = `There are more than ${tableLimits.rows.toLocaleString("en")} rows.`;

/** Rows from a list of records, or from text that holds such a list as JSON, or CSV with a header. The error is an English sentence. */
export const readTable = (value: unknown, numbers: boolean): Result<readonly Row[], string> => {
  if (typeof value !== "string") return records(value);
  if (value.length > tableLimits.characters)
    return fail(`The text is longer than ${tableLimits.characters.toLocaleString("en")} characters.`);
  const text = value.trim();
  if (/^\[\s*[{\]]/.test(text) || text.startsWith("{")) {
    const parsed = parseJson(text);
    return parsed.ok ? records(parsed.value) : parsed;
  }
  const lines = parseCsv(value, { rows: tableLimits.rows + 1, columns: tableLimits.columns });
  if (!lines.ok) return fail(lines.error.startsWith("There are more") ? tooMany : lines.error);
  const [header = [], ...body] = lines.value;
  const names = columnNames(header);
  const rows: Row[] = [];
  for (const [index, cells] of body.entries()) {
    if (cells.length > names.length)
      return fail(`Row ${index + 1} has ${cells.length} cells, the header only ${names.length}.`);
    const row: Record<string, unknown> = {};
    for (const [at, name] of names.entries())
      setOwn(row, name, numbers ? numberIn(cells[at] ?? "") : (cells[at] ?? ""));
    rows.push(row);
  }
  return ok(rows);
};

const records = (value: unknown): Result<readonly Row[], string> => {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > tableLimits.rows) return fail(tooMany);
  for (const [index, row] of list.entries()) {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      return fail(`Row ${index + 1} is no record: ${excerpt(row, 40)}.`);
    if (Object.keys(row).length > tableLimits.columns)
      return fail(`Row ${index + 1} has more than ${tableLimits.columns} columns.`);
  }
  return ok(list as readonly Row[]);
};

/** Columns without a name, and those whose name is taken, are numbered. */
const columnNames = (header: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const name = cell.trim();
    let unique = name === "" ? `column${index + 1}` : name;
    for (let number = 2; taken.has(unique); number += 1) unique = `${name}${number}`;
    taken.add(unique);
    return unique;
  });
};

/** A number where writing it again gives the same text, so that 007, 1e5 and the digits of a card stay text. */
const numberIn = (cell: string): string | number => {
  const text = cell.trim();
  if (!/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text)) return cell;
  return Number(text);
};
