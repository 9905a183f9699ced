import { parseLimits } from "@/runtime/knowledge/parse/parse-limits";
import { readXml } from "@/runtime/knowledge/parse/read-xml";
import type { ZipFile } from "@/runtime/knowledge/parse/zip-file";
import type { GridLimits, GridRow, WarnOfTable } from "../grid";
import { type MergedRange, repeatMerged } from "./merged-cells";
import { showNumber } from "./number-formats";
import type { Book } from "./read-workbook";

/** Thrown to leave the stream of a sheet whose rest is not wanted. */
const enough = new Error("The table is full.");
const mostMerged = 50_000;

interface Cell {
  readonly type: string;
  readonly style: number;
  value: string;
  formula: string | undefined;
}

/** The rows of one sheet that hold something, and blank ones between them. `count` is told of the characters kept. */
export async function readSheet(
  zip: ZipFile,
  part: string,
  book: Book,
  limits: GridLimits,
  count: (characters: number) => void,
  warn: WarnOfTable,
): Promise<GridRow[]> {
  const rows: { cells: string[]; line: number }[] = [];
  const merged: MergedRange[] = [];
  const shared = new Map<string, string>();
  let cells: string[] = [];
  let line = 0;
  let column = 0;
  let cell: Cell = { type: "n", style: 0, value: "", formula: undefined };
  let inside: "value" | "formula" | undefined;
  let inPhonetic = false;
  let sharedId: string | undefined;
  const end = () => {
    const isBeyond = column >= limits.columns;
    const text = shown(cell, book, line, warn);
    if (text !== "" && isBeyond && column <= parseLimits.tableColumns * 40) {
      warn({ code: "table-cut", message: `Columns after the first ${limits.columns} were left out.`, line });
    }
    if (text !== "" && !isBeyond) {
      while (cells.length < column) cells.push("");
      cells[column] = text;
      count(text.length);
    }
    column++;
  };
  try {
    await readXml(zip, part, {
      open: (element, attributes) => {
        if (element === "row") {
          cells = [];
          column = 0;
          line = Number(attributes.r) || line + 1;
        } else if (element === "c") {
          column = placeOf(attributes.r)?.column ?? column;
          cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "", formula: undefined };
        } else if (element === "f") {
          inside = "formula";
          sharedId = attributes.t === "shared" ? attributes.si : undefined;
          cell.formula = (sharedId === undefined ? undefined : shared.get(sharedId)) ?? "";
          if (cell.formula !== "") inside = undefined;
        } else if (element === "rPh") inPhonetic = true;
        else if (element === "v" || element === "t") inside = "value";
        else if (element === "mergeCell" && merged.length < mostMerged) {
          const [from, to] = (attributes.ref ?? "").split(":").map(placeOf);
          if (from && to) merged.push({ from, to });
        }
      },
      text: (text) => {
        if (inside === "value" && !inPhonetic && cell.value.length < limits.cellLength) cell.value += text;
        if (inside === "formula" && (cell.formula?.length ?? 0) < 1_000) cell.formula = (cell.formula ?? "") + text;
      },
      close: (element) => {
        if (element === "rPh") inPhonetic = false;
        else if (element === "f") {
          inside = undefined;
          if (sharedId !== undefined && cell.formula) shared.set(sharedId, cell.formula);
        } else if (element === "v" || element === "t") inside = undefined;
        else if (element === "c") end();
        else if (element === "row" && cells.length > 0) {
          if (rows.length > limits.rows + 100) {
            warn({ code: "table-cut", message: `Rows after the first ${limits.rows} were left out.`, line });
            throw enough;
          }
          rows.push({ cells, line });
          cells = [];
        }
      },
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
  repeatMerged(rows, merged, limits.columns, count);
  return withBlankRows(rows);
}

function shown(cell: Cell, book: Book, line: number, warn: WarnOfTable): string {
  if (cell.value === "" && cell.formula) {
    warn({
      code: "formula-not-computed",
      message: "Some formulas were never computed by a spreadsheet program; they stand as they are written.",
      line,
    });
    return `=${cell.formula}`;
  }
  switch (cell.type) {
    case "s":
      return book.strings[Number(cell.value)] ?? "";
    case "b":
      return cell.value === "1" ? "TRUE" : "FALSE";
    case "n":
      return showNumber(cell.value, book.formats[cell.style] ?? "General", book.startsIn1904);
    default:
      return cell.value;
  }
}

/** A sheet does not store its blank rows, but they part its tables. */
function withBlankRows(rows: readonly GridRow[]): GridRow[] {
  let before = 0;
  return rows.flatMap((row) => {
    const hasGap = before > 0 && row.line > before + 1;
    before = row.line;
    return hasGap ? [{ cells: [], line: row.line - 1 }, row] : [row];
  });
}

/** "AB12" -> column 27, line 12. */
function placeOf(reference: string | undefined): { readonly column: number; readonly line: number } | undefined {
  const [, letters, line] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference ?? "") ?? [];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { column: column - 1, line: Number(line) };
}
