import Papa from "papaparse";
import type { DocumentWriter } from "./document-writer";
import { readable } from "./read-text";
import { TableWriter } from "./table-writer";

const separators = [",", "\t", ";", "|"];
/** After so many rows with broken quotes, quotes mean nothing in this file. Each may cost a reading of all that follows. */
const recoveries = 20;

/**
 * Comma, tab, semicolon or bar separated rows. Where a quote swallows the lines after it, its line is read as it stands, and the
 * reading goes on with the next one.
 */
export function readCsv(bytes: Uint8Array, writer: DocumentWriter): void {
  const text = readable(bytes, writer)
    .text.replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n");
  const delimiter = likelySeparator(text);
  const table = new TableWriter(writer, undefined, true);
  let broken = 0;
  let line = 1;
  for (let from = 0; from < text.length; ) {
    const { stoppedAt, line: lineThere, isFull } = readRows(text, from, line, delimiter, broken <= recoveries, table);
    if (isFull || stoppedAt === undefined) break;
    broken++;
    writer.warn("broken-quotes", "The quotes of some rows do not match; these were read without them.", {
      line: lineThere,
    });
    const found = text.indexOf("\n", stoppedAt);
    const end = found === -1 ? text.length : found;
    table.row(text.slice(stoppedAt, end).replaceAll('"', "").split(delimiter), lineThere);
    from = end + 1;
    line = lineThere + 1;
  }
  table.finish();
}

interface Reading {
  /** Where the row with broken quotes begins; undefined when all was read. */
  readonly stoppedAt: number | undefined;
  readonly line: number;
  readonly isFull: boolean;
}

function readRows(
  text: string,
  from: number,
  firstLine: number,
  delimiter: string,
  withQuotes: boolean,
  table: TableWriter,
): Reading {
  let cursor = from;
  let line = firstLine;
  let stoppedAt: number | undefined;
  let isFull = false;
  Papa.parse<string[]>(from === 0 ? text : text.slice(from), {
    delimiter,
    newline: "\n",
    // A sign that no text holds, for text is clean of it.
    quoteChar: withQuotes ? '"' : "\u0000",
    step: ({ data, errors, meta }, parser) => {
      const spansLines = data.some((cell) => cell.includes("\n"));
      const quotes = errors.filter(({ type }) => type === "Quotes");
      if (quotes.some(({ code }) => code === "MissingQuotes" || spansLines)) {
        stoppedAt = cursor;
        parser.abort();
        return;
      }
      if (!table.row(data, line)) {
        isFull = true;
        parser.abort();
        return;
      }
      const next = from + meta.cursor;
      for (let at = text.indexOf("\n", cursor); at !== -1 && at < next; at = text.indexOf("\n", at + 1)) line++;
      cursor = next;
    },
  });
  return { stoppedAt, line, isFull };
}

/** The one that divides the first lines most often and most evenly. */
function likelySeparator(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, 20);
  let best = { separator: ",", score: 0 };
  for (const separator of separators) {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, "").split(separator).length - 1);
    const least = Math.min(...counts);
    const usual = counts.filter((count) => count === counts[0]).length / Math.max(1, counts.length);
    const score = (least > 0 ? 1 : 0) + usual * Math.min(1, counts[0] ?? 0) + Math.min(counts[0] ?? 0, 50) / 1000;
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}
