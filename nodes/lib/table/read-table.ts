import { fail, ok, type Result } from "@/runtime/graph/result";
import { setOwn } from "@/runtime/node/record";
import { valueLimits } from "@/runtime/node/value-limits";
import { filled, type Grid, type TableWarning } from "@/runtime/table/grid";
import { readDelimited } from "@/runtime/table/read-delimited";
import { readJson, unfenced } from "@/runtime/table/read-json";
import { markdownTables } from "@/runtime/table/read-markdown";
import { shapeTable } from "@/runtime/table/shape-table";
import type { Separator } from "@/runtime/table/table-options";
import { excerpt } from "../readable";

export type Row = Readonly<Record<string, unknown>>;

export const tableLimits = { rows: 10_000, columns: 200, characters: valueLimits.characters } as const;

/** How text is taken. Nothing of it is guessed but the sign between cells, so that every run takes the same text the same way. */
export interface ReadTableOptions {
  /** Whether columns that hold nothing but plain numbers become numbers. */
  readonly numbers: boolean;
  readonly separator?: Separator | undefined;
  readonly titleRows?: number;
  readonly headerRows?: number;
}

const tooMany = `There are more than ${tableLimits.rows.toLocaleString("en")} rows.`;

/**
 * Rows from a list of records, or from text that holds such a list as JSON or JSON lines, a Markdown table, or rows parted by a sign; fenced or not.
 * The error is an English sentence.
 */
export const readTable = (value: unknown, options: ReadTableOptions): Result<readonly Row[], string> => {
  if (typeof value !== "string") return records(value);
  if (value.length > tableLimits.characters)
    return fail(`The text is longer than ${tableLimits.characters.toLocaleString("en")} characters.`);
  const text = unfenced(value);
  const json = options.separator === undefined ? readJson(text, { rows: tableLimits.rows + 1 }) : null;
  if (json !== null) return json.ok ? records(json.value.records) : json;
  const [table] = options.separator === undefined ? markdownTables(text) : [];
  return table === undefined ? delimited(text, options) : rowsOf(table, {}, options.numbers);
};

const delimited = (text: string, options: ReadTableOptions): Result<readonly Row[], string> => {
  const warnings: TableWarning[] = [];
  const limits = { ...tableLimits, cellLength: tableLimits.characters };
  const grid = readDelimited(text, options.separator, limits, (warning) => {
    if (warnings.length < 10) warnings.push(warning);
  });
  const [broken] = warnings;
  if (broken?.code === "table-cut")
    return fail(
      broken.message.startsWith("Columns")
        ? `Line ${broken.line} has more than ${tableLimits.columns} columns.`
        : tooMany,
    );
  if (broken !== undefined) return fail(broken.message);
  const { titleRows = 0, headerRows = 1, numbers } = options;
  return rowsOf(grid, { titleRows, headerRows, layout: "rows" }, numbers);
};

const rowsOf = (
  grid: Grid,
  given: Parameters<typeof shapeTable>[1],
  numbers: boolean,
): Result<readonly Row[], string> => {
  const { columns, rows } = shapeTable(grid, given);
  if (rows.length > tableLimits.rows) return fail(tooMany);
  for (const [index, { cells }] of rows.entries()) {
    const last = cells.findLastIndex(filled) + 1;
    if (last > columns.length) return fail(`Row ${index + 1} has ${last} cells, the header only ${columns.length}.`);
  }
  const areNumbers = columns.map((_, place) => numbers && rows.every(({ cells }) => isNumber(cells[place] ?? "")));
  return ok(
    rows.map(({ cells }) => {
      const row: Record<string, unknown> = {};
      for (const [place, name] of columns.entries()) {
        const cell = cells[place] ?? "";
        setOwn(row, name, areNumbers[place] && filled(cell) ? Number(cell) : cell);
      }
      return row;
    }),
  );
};

/** Whether writing the number again gives the same text, so that 007, 1.50, 1e5 and the digits of a card stay text, and their column with them. */
const isNumber = (cell: string): boolean => {
  const text = cell.trim();
  return text === "" || (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) && String(Number(text)) === text);
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
