import { fail, ok, type Result } from "@/runtime/graph/result";
import { trainingLimits } from "./limits";
import { parseDelimited } from "./parse-delimited";

export type TableFormat = "csv" | "tsv" | "jsonl";

/** Cells as text; every row has as many as there are columns. */
export interface Table {
  readonly format: TableFormat;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table out of a file's or a paste's text: JSON lines where the first begins a JSON object, else CSV by comma, semicolon or tab. */
export const readTable = (
  given: string,
  /** Whether the first row of a CSV names the columns; left out: by the names that such columns usually have. */
  { header }: { readonly header?: boolean | undefined } = {},
): Result<Table, string> => {
  if (given.length > trainingLimits.fileBytes) {
    return fail(`The text is longer than ${trainingLimits.fileBytes / 1024 / 1024} MiB. Split it into several.`);
  }
  const text = given.replace(/^\uFEFF/, "");
  const start = text.trimStart();
  if (start === "") return fail("There are no rows: the text is empty.");
  if (start.startsWith("{")) return readJsonLines(text);
  if (start.startsWith("[")) return fail("This is one JSON array. Write one object a line (JSONL), or use CSV.");
  const separator = separatorOf(start);
  const cells = parseDelimited(text, separator);
  if (!cells.ok) return cells;
  const [first = [], ...rest] = cells.value;
  const named = header ?? hasHeader(first);
  const columns = named ? unique(first) : first.map((_, index) => `column ${index + 1}`);
  const rows = named ? rest : cells.value;
  const uneven = rows.findIndex((row) => row.length !== columns.length);
  if (uneven >= 0) {
    const found = rows[uneven]?.length ?? 0;
    return fail(
      `Row ${uneven + (named ? 2 : 1)} has ${found} cells where the first has ${columns.length}. Put cells that hold a separator in quotation marks.`,
    );
  }
  if (rows.length === 0) return fail("There are no rows below the header.");
  if (rows.length > trainingLimits.rows) return fail(`The table has more than ${trainingLimits.rows} rows.`);
  return ok({ format: separator === "\t" ? "tsv" : "csv", columns, rows });
};

const readJsonLines = (text: string): Result<Table, string> => {
  const columns: string[] = [];
  const places = new Map<string, number>();
  const records: Record<string, unknown>[] = [];
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return fail(`Line ${index + 1} is not JSON. Write one object a line.`);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return fail(`Line ${index + 1} is not a JSON object.`);
    if (records.length >= trainingLimits.rows) return fail(`The table has more than ${trainingLimits.rows} rows.`);
    records.push(value as Record<string, unknown>);
    for (const key of Object.keys(value)) {
      if (places.has(key)) continue;
      if (columns.length >= trainingLimits.columns)
        return fail(`The objects have more than ${trainingLimits.columns} fields.`);
      places.set(key, columns.length);
      columns.push(key);
    }
  }
  const rows = records.map((record) => columns.map((column) => written(record[column])));
  return ok({ format: "jsonl", columns, rows });
};

const written = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/** The one of tab, semicolon and comma that the first line has most of, outside quotation marks. */
const separatorOf = (text: string): string => {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 10_000))?.[0] ?? "").replace(/"(?:[^"]|"")*"/g, "");
  const count = (separator: string) => line.split(separator).length - 1;
  return ["\t", ";", ","].reduce((best, each) => (count(each) > count(best) ? each : best), ",");
};

const headerNames = new Set(
  "text,label,category,intent,class,sentence,utterance,message,content,input,query,question,output,target,tag,topic,sentiment,split,id,文本,标签,类别,意图,内容,分类,情感".split(
    ",",
  ),
);

/** A first row of short cells, one of which is a name that such columns usually have. */
const hasHeader = (first: readonly string[]): boolean =>
  first.every((cell) => cell.trim() !== "" && cell.length <= 60) &&
  first.some((cell) => headerNames.has(cell.trim().toLowerCase()));

const unique = (names: readonly string[]): string[] => {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const trimmed = name.trim() || "column";
    const times = (seen.get(trimmed) ?? 0) + 1;
    seen.set(trimmed, times);
    return times === 1 ? trimmed : `${trimmed} (${times})`;
  });
};
