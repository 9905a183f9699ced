import { readDelimited } from "../../table/read-delimited";
import type { DocumentWriter } from "./document-writer";
import { readable } from "./read-text";
import { documentGridLimits, tableWarnings, writeGrids } from "./write-grids";

/** Comma, tab, semicolon or bar separated rows, also several tables one below the other. */
export function readCsv(bytes: Uint8Array, writer: DocumentWriter): void {
  const { text } = readable(bytes, writer);
  const { readAs } = writer;
  const grid = readDelimited(text, readAs.separator, documentGridLimits, tableWarnings(writer));
  writer.note({ format: grid.separator === "\t" ? "tsv" : "csv", separator: grid.separator });
  writeGrids(writer, [grid], readAs.tables, { hasFullRows: true, hasHeadings: false });
}
