import { z } from "zod";
import { readTable, type Table } from "@/runtime/fine-tuning/read-table";
import { parseDocument } from "@/runtime/knowledge/parse/parse-document";
import type { Database } from "@/server/db";
import { readFile } from "@/server/file/read-file";
import { tableText } from "@/server/file/table-text";
import { ApplicationError } from "@/server/guard/application-error";
import { readable } from "@/server/tuned-model/readable-failure";

/** Characters of a pasted table; larger ones are uploaded as a file. */
export const pastedCharacters = 2_000_000;

export const tableSource = z.union([
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(pastedCharacters) }),
  z.strictObject({ kind: z.literal("file"), fileId: z.string().min(1).max(100) }),
]);
export type TableSource = z.output<typeof tableSource>;

export const refuseTable = (message: string, hint: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "rows-refused", hint, fields: { source: message } });

/** Excel workbooks begin like every ZIP file. */
const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

const sheetOf = async (bytes: Uint8Array): Promise<Table> => {
  // Read by the process that reads all documents: a hostile workbook can break nothing else.
  const parsed = await parseDocument({ name: "table.xlsx", mediaType: "", bytes });
  if (!parsed.ok) throw refuseTable(parsed.error.message, "Save the sheet as CSV and upload that.");
  const [table] = parsed.value.tables ?? [];
  if (table === undefined)
    throw refuseTable("The workbook has no sheet with rows.", "Save the sheet as CSV and upload that.");
  const rows = table.rows.map(({ values }) => table.columns.map((_, place) => values[place] ?? ""));
  return { format: "csv", columns: table.columns, rows };
};

/** A table that was pasted or uploaded: CSV, TSV, JSONL or the first sheet of an Excel workbook. Refuses what is none, saying what is wrong and where. */
export const tableOfSource = async (
  database: Database,
  workspaceId: string,
  source: TableSource,
  header: boolean | undefined,
): Promise<Table> => {
  let text: string | null;
  if (source.kind === "text") text = source.text;
  else {
    const bytes = await readable(readFile(database, workspaceId, source.fileId), "rows-refused");
    if (isZip(bytes)) return sheetOf(bytes);
    text = tableText(bytes);
  }
  if (text === null)
    throw refuseTable(
      "This file is neither text nor an Excel workbook.",
      "Save the table as CSV, JSONL or XLSX and upload that.",
    );
  const table = readTable(text, { header });
  if (!table.ok) throw refuseTable(table.error, "Correct the table and send it again.");
  return table.value;
};
