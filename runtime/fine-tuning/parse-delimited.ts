import { fail, ok, type Result } from "@/runtime/graph/result";
import { trainingLimits } from "./limits";

/**
 * Cells of a table whose fields are separated by `separator`, as RFC 4180 has it: fields in double quotes may hold separators and line breaks, and
 * two quotes stand for one. Rows may end in LF, CRLF or CR. Blank lines are passed over. A quote that nothing closes is an error with its line.
 */
export const parseDelimited = (text: string, separator: string): Result<string[][], string> => {
  const rows: string[][] = [];
  let row: string[] = [];
  let line = 1;
  let at = 0;
  const endRow = () => {
    if (row.length > 1 || (row[0] ?? "") !== "") rows.push(row);
    row = [];
  };
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      const opened = line;
      const closed = closingQuote(text, at + 1);
      if (closed < 0) return fail(`Line ${opened}: a quotation mark is opened and never closed.`);
      const raw = text.slice(at + 1, closed);
      if (raw.length > trainingLimits.cellCharacters)
        return fail(
          `Line ${opened}: a cell is longer than ${trainingLimits.cellCharacters} characters; is a quotation mark missing?`,
        );
      cell = raw.includes('""') ? raw.replaceAll('""', '"') : raw;
      for (let index = raw.indexOf("\n"); index >= 0; index = raw.indexOf("\n", index + 1)) line += 1;
      at = closed + 1;
      const next = text[at];
      if (next !== undefined && next !== separator && next !== "\n" && next !== "\r")
        return fail(`Line ${line}: text follows a closing quotation mark. Write a quotation mark inside quotes twice.`);
    } else {
      const end = nextBreak(text, at, separator);
      cell = text.slice(at, end);
      at = end;
    }
    row.push(cell);
    if (row.length > trainingLimits.columns) return fail(`Line ${line}: more than ${trainingLimits.columns} columns.`);
    const stop = text[at];
    if (stop === separator) {
      at += 1;
      if (at === text.length) row.push("");
      continue;
    }
    if (stop === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    line += 1;
    endRow();
    if (rows.length > trainingLimits.rows + 1) return fail(`The table has more than ${trainingLimits.rows} rows.`);
  }
  endRow();
  return ok(rows);
};

const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
};

const nextBreak = (text: string, from: number, separator: string): number => {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
};
