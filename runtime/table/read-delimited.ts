import Papa from "papaparse";
import type { Grid, GridLimits, GridRow, WarnOfTable } from "./grid";
import { guessSeparator } from "./guess-separator";
import type { Separator } from "./table-options";

export interface DelimitedGrid extends Grid {
  readonly separator: Separator;
  readonly isSureOfSeparator: boolean;
}

/** After so many rows with broken quotes, quotes mean nothing in this file. Each may cost a reading of all that follows. */
const recoveries = 20;
/** Excel's own note of the separator, which is no row. */
const separatorLine = /^\ufeff?"?sep=([^\r\n"]?)"?[;,\t|]*(?:\r\n|\r|\n|$)/i;

/**
 * Rows parted by comma, tab, semicolon or bar. Where a quote swallows the lines after it, its line is read as it stands, with a warning, and the
 * reading goes on with the next one.
 */
export function readDelimited(
  given: string,
  chosen: Separator | undefined,
  limits: GridLimits,
  warn: WarnOfTable,
): DelimitedGrid {
  const stated = separatorLine.exec(given.slice(0, 100));
  const offset = stated ? 1 : 0;
  const whole = given
    .slice(stated?.[0].length ?? 0)
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n");
  const named = stated && ([",", ";", "\t", "|"] as const).find((each) => each === (stated[1] || "\t"));
  const guess =
    chosen !== undefined || named ? { separator: chosen ?? named ?? ",", isSure: true } : guessSeparator(whole);
  // A sign that no text of a table holds.
  const delimiter = guess.separator === "none" ? "\u0001" : guess.separator;
  const text = withoutBlanksAtQuotes(whole, delimiter);
  const rows: GridRow[] = [];
  let isFull = false;
  const keep = (cells: readonly string[], line: number): boolean => {
    if (cells.length === 1 && cells[0] === "") {
      rows.push({ cells: [], line });
      return true;
    }
    if (rows.length > limits.rows + 100) {
      isFull = true;
      warn({ code: "table-cut", message: `Rows after the first ${limits.rows} were left out.`, line });
      return false;
    }
    rows.push({ cells: bounded(cells.map(asShown), line, limits, warn), line });
    return true;
  };
  let broken = 0;
  let line = 1 + offset;
  for (let from = 0; from < text.length && !isFull; ) {
    const { stoppedAt, line: lineThere } = readRows(text, from, line, delimiter, broken <= recoveries, keep);
    if (stoppedAt === undefined) break;
    broken++;
    warn({
      code: "broken-quotes",
      message: `The quotation mark that opens in line ${lineThere} is never closed, or text follows the one that closes.`,
      line: lineThere,
    });
    const found = text.indexOf("\n", stoppedAt);
    const end = found === -1 ? text.length : found;
    keep(text.slice(stoppedAt, end).replaceAll('"', "").split(delimiter), lineThere);
    from = end + 1;
    line = lineThere + 1;
  }
  return { rows, separator: guess.separator, isSureOfSeparator: guess.isSure };
}

/** `="00123"` is how programs keep a spreadsheet from taking an id for a number: what it shows is the text. */
const asShown = (cell: string): string => /^="([^"]{0,1000})"$/.exec(cell)?.[1] ?? cell;

/** People who write `1, "a, b"` by hand mean a quoted cell. Only where a file begins so: a blank before a quote may as well be a part of a text. */
function withoutBlanksAtQuotes(text: string, delimiter: string): string {
  const sign = delimiter.replace("|", "\\|");
  if (!new RegExp(`(?:^|\\n)[^"\\n]{0,500}${sign} {1,8}"(?!")`).test(text.slice(0, 5_000))) return text;
  return text
    .replace(new RegExp(`(${sign}) {1,8}(?="(?!"))`, "g"), "$1")
    .replace(new RegExp(`" {1,8}(?=${sign}|\\n)`, "g"), '"');
}

/** No row keeps more cells, and no cell more signs, than the limits allow. */
export function bounded(
  cells: readonly string[],
  line: number,
  limits: GridLimits,
  warn: WarnOfTable,
): readonly string[] {
  let kept = cells;
  if (cells.length > limits.columns) {
    warn({ code: "table-cut", message: `Columns after the first ${limits.columns} were left out.`, line });
    kept = cells.slice(0, limits.columns);
  }
  if (!kept.some((cell) => cell.length > limits.cellLength)) return kept;
  warn({ code: "table-cut", message: `Cells are cut after ${limits.cellLength} characters.`, line });
  return kept.map((cell) => cell.slice(0, limits.cellLength).toWellFormed());
}

function readRows(
  text: string,
  from: number,
  firstLine: number,
  delimiter: string,
  withQuotes: boolean,
  keep: (cells: readonly string[], line: number) => boolean,
): { readonly stoppedAt: number | undefined; readonly line: number } {
  let cursor = from;
  let line = firstLine;
  let stoppedAt: number | undefined;
  Papa.parse<string[]>(from === 0 ? text : text.slice(from), {
    delimiter,
    newline: "\n",
    quoteChar: withQuotes ? '"' : "\u0000",
    step: ({ data, errors, meta }, parser) => {
      const spansLines = data.some((cell) => cell.includes("\n"));
      const quotes = errors.filter(({ type }) => type === "Quotes");
      if (quotes.some(({ code }) => code === "MissingQuotes" || spansLines)) {
        stoppedAt = cursor;
        parser.abort();
        return;
      }
      if (!keep(data, line)) {
        parser.abort();
        return;
      }
      const next = from + meta.cursor;
      for (let at = text.indexOf("\n", cursor); at !== -1 && at < next; at = text.indexOf("\n", at + 1)) line++;
      cursor = next;
    },
  });
  return { stoppedAt, line };
}
