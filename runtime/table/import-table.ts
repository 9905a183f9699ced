import { fail, ok, type Result } from "../graph/result";
import { filled } from "./grid";
import type { TableOptions } from "./table-options";
import { chooseTable, type TableFormat, type TableReading } from "./table-reading";

/** How a table was taken, as a person can correct it, and whether somebody should look. */
export interface TakenTable {
  readonly format: TableFormat;
  readonly options: TableOptions;
  /** Of text: what else its bytes may be, likeliest first, and how sure the encoding is, 0 to 1. */
  readonly encoding?: { readonly confidence: number; readonly alternatives: readonly string[] };
  readonly title?: string;
  /** Tables to choose from: sheets, and tables that share one. */
  readonly choices: readonly { readonly name: string; readonly rows: number }[];
  /** What may surprise, each once, with how often and where first. */
  readonly warnings: readonly { readonly code: string; readonly count: number; readonly line: number | null }[];
  readonly isHeaderUnsure: boolean;
}

/** Cells as text; every row has as many as there are columns. */
export interface ImportedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly taken: TakenTable;
}

const fatal = new Set(["broken-quotes", "table-cut"]);

/** One table of those that were read, for rows that are kept: nothing of it may be cut or doubtful. The error is an English sentence with the place. */
export function importTable(reading: TableReading, options: TableOptions): Result<ImportedTable, string> {
  const broken = reading.warnings.find(({ code }) => fatal.has(code));
  if (broken !== undefined) {
    return fail(
      broken.line === undefined || broken.message.includes("line")
        ? broken.message
        : `Line ${broken.line}: ${broken.message}`,
    );
  }
  const chosen = chooseTable(reading.grids, options);
  if (chosen === undefined) return fail("There are no rows: the table is empty.");
  const { table, index, choices } = chosen;
  if (table.rows.length === 0) return fail("There are no rows below the header.");
  const width = table.columns.length;
  let short = 0;
  let firstShort: number | null = null;
  const rows: string[][] = [];
  for (const { cells, line } of table.rows) {
    const last = cells.findLastIndex(filled) + 1;
    if (last > width) {
      return fail(
        `Row ${line} has ${last} cells where the header has ${width}. Put cells that hold a separator in quotation marks.`,
      );
    }
    if (cells.length < width && table.headerRows > 0) {
      short++;
      firstShort ??= line;
    }
    rows.push(Array.from({ length: width }, (_, place) => cells[place] ?? ""));
  }
  const { titleRows, headerRows, layout, title, isUnsure } = table;
  const { format, encoding, separator } = reading;
  return ok({
    columns: table.columns,
    rows,
    taken: {
      format,
      options: {
        ...(encoding && { encoding: encoding.encoding }),
        ...(separator && { separator }),
        table: index,
        titleRows: Math.min(titleRows, 50),
        headerRows: Math.min(headerRows, 3),
        layout,
      },
      ...(encoding && { encoding: { confidence: encoding.confidence, alternatives: encoding.alternatives } }),
      ...(title === undefined ? {} : { title }),
      choices,
      warnings: [...counted(reading), ...(short > 0 ? [{ code: "uneven-rows", count: short, line: firstShort }] : [])],
      isHeaderUnsure: isUnsure,
    },
  });
}

const counted = ({ warnings }: TableReading): TakenTable["warnings"] => {
  const by = new Map<string, { code: string; count: number; line: number | null }>();
  for (const { code, line } of warnings) {
    const known = by.get(code);
    if (known) known.count++;
    else by.set(code, { code, count: 1, line: line ?? null });
  }
  return [...by.values()];
};
