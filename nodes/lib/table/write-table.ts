import { getOwn } from "@/runtime/node/record";
import { readable } from "../readable";
import { TextRoom } from "../text-room";
import type { Row } from "./read-table";

export const tableFormats = ["markdown", "csv", "json"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Columns in the order in which rows first name them. */
export const columnsOf = (rows: readonly Row[]): readonly string[] => {
  const columns = new Set<string>();
  for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  return [...columns];
};

/** A `NodeFailure` where the text would be longer than a value may be; it is not made then. */
export const writeTable = (rows: readonly Row[], columns: readonly string[], format: TableFormat): string => {
  const room = new TextRoom("The table");
  const cellsOf = (row: Row) => columns.map((column) => getOwn(row, column));
  switch (format) {
    case "json":
      return readable(rows);
    case "csv":
      return [columns, ...rows.map(cellsOf)].map((cells) => room.take(cells.map(csvCell).join(","))).join("\r\n");
    case "markdown":
      return [columns, columns.map(() => "---"), ...rows.map(cellsOf)]
        .map((cells) => room.take(`| ${cells.map(markdownCell).join(" | ")} |`))
        .join("\n");
    default:
      return format satisfies never;
  }
};

const oneLine = (cell: unknown): string => {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
};

const markdownCell = (cell: unknown): string =>
  oneLine(cell)
    .replace(/\\/g, "\\\\")
    .replace(/\|/g, "\\|")
    .replace(/\r\n|[\r\n]/g, "<br>");

/** A text that a spreadsheet would take for a formula gets an apostrophe in front, which makes it text again. */
const csvCell = (cell: unknown): string => {
  const text = oneLine(cell);
  const safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
