import { fail, ok, type Result } from "@/runtime/graph/result";
import { fileKind } from "@/runtime/knowledge/parse/file-kind";
import { ParseError } from "@/runtime/knowledge/parse/parse-failure";
import { readDocument } from "@/runtime/knowledge/parse/read-document";
import type { Grid, GridLimits, TableWarning } from "../grid";
import { type ImportedTable, importTable } from "../import-table";
import type { TableOptions } from "../table-options";
import type { TableReading } from "../table-reading";
import { readWorkbook } from "../workbook/read-workbook";
import { readTextFile, tableFiles } from "./read-text-file";

/** A table out of an uploaded file, whatever it is called: what it holds decides. The error is an English sentence. */
export async function readTableFile(
  bytes: Uint8Array,
  options: TableOptions,
  limits: GridLimits,
): Promise<Result<ImportedTable, string>> {
  try {
    const reading = await readTables(bytes, options, limits);
    return reading.ok ? importTable(reading.value, options) : reading;
  } catch (error) {
    if (error instanceof ParseError) return fail(error.message);
    throw error;
  }
}

async function readTables(
  bytes: Uint8Array,
  options: TableOptions,
  limits: GridLimits,
): Promise<Result<TableReading, string>> {
  const { kind } = fileKind("table.txt", "text/plain", bytes);
  if (kind === "xlsx") {
    const warnings: TableWarning[] = [];
    const grids = await readWorkbook(bytes, limits, (warning) => warnings.push(warning));
    return grids.length === 0 ? fail("The workbook has no sheet with rows.") : ok({ format: "xlsx", grids, warnings });
  }
  if (kind === "docx") return tablesOf("docx", bytes);
  if (kind !== "text") return fail(`This file holds no table. Use ${tableFiles}.`);
  return readTextFile(bytes, options, limits) ?? tablesOf("html", bytes);
}

/** The tables of a document, whose columns its reader has named. */
async function tablesOf(format: "html" | "docx", bytes: Uint8Array): Promise<Result<TableReading, string>> {
  const file = { name: `table.${format}`, mediaType: "", bytes };
  const { tables = [], reading } = await readDocument(file, { progress: () => {} });
  if (tables.length === 0) return fail(`No table with names of columns was found. Use ${tableFiles}.`);
  const grids = tables.map(
    ({ name, columns, rows }, index): Grid => ({
      name: name ?? `Table ${index + 1}`,
      headerRows: 1,
      rows: [columns, ...rows.map(({ values }) => values)].map((cells, line) => ({ cells, line: line + 1 })),
    }),
  );
  return ok({ format, grids, warnings: [], ...(reading?.encoding && { encoding: reading.encoding }) });
}
