import type { Grid, GridRow } from "./grid";

export interface MarkdownTable extends Grid {
  /** Where its lines begin and end in the text, in UTF-16 code units; the end after the last line's break. */
  readonly start: number;
  readonly end: number;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
const longestLine = 100_000;

/** Tables of a Markdown text: a line of names, one of dashes with as many cells, and rows up to the next line without a bar. None in code. */
export function markdownTables(text: string): MarkdownTable[] {
  const tables: MarkdownTable[] = [];
  let open: string | undefined;
  let before: { readonly line: string; readonly start: number } | undefined;
  let table: { readonly rows: GridRow[]; readonly start: number; end: number } | undefined;
  let number = 0;
  for (let start = 0; start < text.length; ) {
    number++;
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(start, found === -1 ? end : found).replace(/\r$/, "");
    const isTooLong = line.length > longestLine;
    const mark = isTooLong ? undefined : fence.exec(line)?.[1];
    if (open !== undefined) {
      if (mark?.startsWith(open) && line.trim() === mark) open = undefined;
    } else if (mark) open = mark;
    const isRow = open === undefined && !mark && !isTooLong && line.includes("|");
    if (table && isRow) {
      table.rows.push({ cells: markdownCells(line), line: number });
      table.end = end;
    } else if (table) {
      tables.push({ ...table, headerRows: 1 });
      table = undefined;
    } else if (
      isRow &&
      before &&
      isDelimiterRow(line) &&
      markdownCells(before.line).length === markdownCells(line).length
    ) {
      table = { rows: [{ cells: markdownCells(before.line), line: number - 1 }], start: before.start, end };
    }
    before = isRow && !table ? { line, start } : undefined;
    start = end;
  }
  if (table) tables.push({ ...table, headerRows: 1 });
  return tables;
}

const isDelimiterRow = (line: string): boolean => markdownCells(line).every((cell) => /^:?-+:?$/.test(cell));

/** Cells between bars; one behind a backslash or in code is no bar. */
export function markdownCells(line: string): string[] {
  const text = line.trim();
  const cells: string[] = [];
  let cell = "";
  let ticks = 0;
  for (let at = text.startsWith("|") ? 1 : 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "\\" && text[at + 1] === "|") {
      cell += "|";
      at++;
    } else if (sign === "`") {
      let run = 1;
      while (text[at + run] === "`") run++;
      ticks = ticks === 0 && text.indexOf("`".repeat(run), at + run) !== -1 ? run : ticks === run ? 0 : ticks;
      cell += "`".repeat(run);
      at += run - 1;
    } else if (sign === "|" && ticks === 0) {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  if (cell.trim() !== "" || !text.endsWith("|")) cells.push(cell.trim());
  return cells;
}
