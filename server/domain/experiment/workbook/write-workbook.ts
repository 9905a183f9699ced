import type { SheetData } from "write-excel-file/node";
import type { AnswerCell } from "../answer-table";

/** What a cell of a workbook holds at most (Excel's specifications and limits). */
const longestCell = 32_767;
const cutMark = "… [cut]";
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const writable = (text: string): string => {
  const plain = text.toWellFormed().replace(unwritable, "");
  return plain.length > longestCell ? `${plain.slice(0, longestCell - cutMark.length)}${cutMark}` : plain;
};

/** The bytes of a workbook with one sheet, its first line the header. Texts stay texts, so none is ever taken for a formula. */
export const writeWorkbook = async (lines: readonly (readonly AnswerCell[])[]): Promise<Uint8Array<ArrayBuffer>> => {
  const { default: writeXlsxFile } = await import("write-excel-file/node");
  const sheet: SheetData = lines.map((line, index) =>
    line.map((value) =>
      value === null
        ? null
        : typeof value === "number"
          ? { value, type: Number }
          : { value: writable(value), type: String, ...(index === 0 && { fontWeight: "bold" as const }) },
    ),
  );
  return new Uint8Array(await writeXlsxFile(sheet, { stickyRowsCount: 1 }).toBuffer());
};
