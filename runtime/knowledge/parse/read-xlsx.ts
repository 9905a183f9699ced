import { readWorkbook } from "../../table/workbook/read-workbook";
import type { DocumentWriter } from "./document-writer";
import { documentGridLimits, tableWarnings, writeGrids } from "./write-grids";

/** An Excel workbook: every visible sheet is a heading with the tables that stand on it. */
export async function readXlsx(bytes: Uint8Array, writer: DocumentWriter): Promise<void> {
  const grids = await readWorkbook(bytes, documentGridLimits, tableWarnings(writer), (what) => {
    if (what === "hidden-sheet") writer.warn("text-unseen", "Sheets that are not shown were left out.");
    else writer.warn("embedded-left-out", "A file, a text box, a chart or comments on a sheet were left out.");
  });
  writer.note({ format: "xlsx" });
  writeGrids(writer, grids, writer.readAs.tables, { hasHeadings: true });
}
