import { fail, ok, type Result } from "@/runtime/graph/result";

const delimiters = [",", ";", "\t", "|"] as const;

/** The sign that parts the cells of the first line most often, quoted ones left out; a comma where there is none. */
const delimiterOf = (text: string): string => {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ",";
};

/**
 * Lines of cells, by RFC 4180: quotes hold delimiters and line breaks, two quotes in them are one. Blank lines are left out. The error is an
 * English sentence.
 */
export const parseCsv = (
  given: string,
  limits: { readonly rows: number; readonly columns: number },
): Result<readonly (readonly string[])[], string> => {
  const text = given.replace(/^\ufeff/, "");
  const delimiter = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let line = 1;
  const endRow = () => {
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  };
  for (let at = 0; at <= text.length; ) {
    let cell = "";
    if (text[at] === '"') {
      const beganAt = line;
      for (at += 1; ; at += 1) {
        const next = text.indexOf('"', at);
        if (next < 0) return fail(`The quotes that open in line ${beganAt} do not close.`);
        cell += text.slice(at, next);
        at = next + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
      line += cell.split("\n").length - 1;
      if (at < text.length && !isEnd(text[at], delimiter))
        return fail(
          `In line ${line}, "${text.slice(at, at + 10)}" stands behind closing quotes. Quotes in a cell are doubled.`,
        );
    } else {
      const from = at;
      while (at < text.length && !isEnd(text[at], delimiter)) at += 1;
      cell = text.slice(from, at);
    }
    row.push(cell);
    if (row.length > limits.columns) return fail(`Line ${line} has more than ${limits.columns} columns.`);
    const end = text[at];
    if (end === delimiter) {
      at += 1;
      continue;
    }
    endRow();
    if (rows.length > limits.rows) return fail(`There are more than ${limits.rows.toLocaleString("en")} rows.`);
    if (at >= text.length) break;
    at += end === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
  }
  return ok(rows);
};

const isEnd = (unit: string | undefined, delimiter: string): boolean =>
  unit === delimiter || unit === "\n" || unit === "\r";
