import type { SheetData } from "write-excel-file/node";
import { RouteRefusal } from "@/server/guard/route-refusal";
import type { AnswerCell } from "./answer-table";

/** A workbook is made in memory as a whole; a CSV file may have any number of lines. */
const mostWorkbookCells = 500_000;
/** What a cell of a workbook holds at most (Excel's specifications and limits). */
const longestCell = 32_767;
const cutMark = "… [cut]";
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const writable = (text: string): string => {
  const plain = text.toWellFormed().replace(unwritable, "");
  return plain.length > longestCell ? `${plain.slice(0, longestCell - cutMark.length)}${cutMark}` : plain;
};

/** Texts stay texts, so none is ever taken for a formula. */
export const workbookOf = async (lines: AsyncIterable<readonly AnswerCell[]>): Promise<Uint8Array<ArrayBuffer>> => {
  const { default: writeXlsxFile } = await import("write-excel-file/node");
  const sheet: SheetData = [];
  let cells = 0;
  for await (const line of lines) {
    cells += line.length;
    if (cells > mostWorkbookCells) {
      throw new RouteRefusal(413, "too-large", "The experiment has too many answers for a workbook. Take it as CSV.");
    }
    const isHeader = sheet.length === 0;
    sheet.push(
      line.map((value) =>
        value === null
          ? null
          : typeof value === "number"
            ? { value, type: Number }
            : { value: writable(value), type: String, ...(isHeader && { fontWeight: "bold" as const }) },
      ),
    );
  }
  return new Uint8Array(await writeXlsxFile(sheet, { stickyRowsCount: 1 }).toBuffer());
};
