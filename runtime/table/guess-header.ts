import { cellKind, columnKind } from "./cell-kind";
import { filled, type GridRow } from "./grid";
import { headerEvidence, isUsualName } from "./header-evidence";

export interface Layout {
  readonly layout: "rows" | "pairs";
  /** Rows above the header that belong to no column. */
  readonly titleRows: number;
  readonly headerRows: number;
  /** Nothing tells whether the first row names the columns. */
  readonly isUnsure: boolean;
}

const mostTitleRows = 12;
const looked = 60;

const width = ({ cells }: GridRow): number => {
  let last = cells.length;
  while (last > 0 && !filled(cells[last - 1])) last--;
  return last;
};
const values = ({ cells }: GridRow): string[] => cells.filter(filled);
const distinct = (row: GridRow): number => new Set(values(row)).size;

/** As most rows have, of those with more than one cell. */
export function usualWidth(rows: readonly GridRow[]): number {
  const counts = new Map<number, number>();
  for (const row of rows.slice(0, looked)) {
    const wide = width(row);
    if (wide > 0) counts.set(wide, (counts.get(wide) ?? 0) + (wide > 1 ? 1 : 0.3));
  }
  const [found = 1] = [...counts].sort(([left, many], [right, more]) => more - many || right - left)[0] ?? [];
  return found;
}

/** A line above the table: one cell, or a few at the left of a wide one. */
function isTitle(row: GridRow, columns: number): boolean {
  if (columns < 2) return false;
  if (distinct(row) <= 1) return true;
  return columns >= 4 && width(row) <= 2;
}

/** What of the first rows of a table is a title, what names the columns, and whether the rows are labels and values. Blank rows are left out before. */
export function guessHeader(rows: readonly GridRow[]): Layout {
  const columns = usualWidth(rows);
  if (isPairs(rows, columns)) return { layout: "pairs", titleRows: 0, headerRows: 0, isUnsure: false };
  let titleRows = 0;
  while (titleRows < mostTitleRows && titleRows + 2 < rows.length) {
    const row = rows[titleRows];
    if (row === undefined || !isTitle(row, columns) || isTwoRows(rows.slice(titleRows))) break;
    titleRows++;
  }
  const [head, ...body] = rows.slice(titleRows, titleRows + looked);
  if (head === undefined || body.length === 0) {
    const isNames = head?.cells.every(isUsualName) === true;
    return { layout: "rows", titleRows, headerRows: isNames ? 1 : 0, isUnsure: false };
  }
  if (isTwoRows([head, ...body])) return { layout: "rows", titleRows, headerRows: 2, isUnsure: false };
  const evidence = headerEvidence(
    head.cells,
    body.map(({ cells }) => cells),
  );
  const hasTitle = titleRows > 0 && evidence >= -0.2;
  return {
    layout: "rows",
    titleRows,
    headerRows: evidence >= 0 || hasTitle ? 1 : 0,
    isUnsure: Math.abs(evidence) < 0.3 && !hasTitle,
  };
}

/** Two rows of names: the first has groups over several columns, as repeated or as missing names; the second names each column. */
function isTwoRows([first, second, ...body]: readonly GridRow[]): boolean {
  if (first === undefined || second === undefined || body.length === 0) return false;
  const columns = Math.max(width(first), width(second));
  // One name over everything is a title.
  if (columns < 3 || distinct(first) < (filled(first.cells[0]) ? 2 : 1)) return false;
  let groups = 0;
  const named = new Set<string>();
  let group = "";
  for (let place = 0; place < columns; place++) {
    const above = first.cells[place]?.trim() ?? "";
    const below = second.cells[place]?.trim() ?? "";
    const continues = place > 0 && group !== "" && (above === "" || above === group);
    if (continues && below !== "" && below !== group) groups++;
    if (above !== "" && above !== group) {
      group = above;
      named.clear();
    }
    // A name over both rows is one name.
    if (below === "" || below === above) continue;
    if (named.has(below) || !isName(below)) return false;
    named.add(below);
  }
  if (groups === 0 || first.cells.some((cell) => filled(cell) && !isName(cell))) return false;
  const merged = first.cells.map((cell, place) => (filled(second.cells[place]) ? (second.cells[place] ?? "") : cell));
  return (
    headerEvidence(
      deduplicated(merged),
      body.map(({ cells }) => cells),
    ) > 0.5
  );
}

/** The same name in two groups is no fault. */
const deduplicated = (names: readonly string[]): string[] =>
  names.map((name, place) => (filled(name) && names.indexOf(name) < place ? `${name} ${place}` : name));

const isName = (cell: string): boolean => {
  const text = cell.trim();
  return text.length <= 60 && (cellKind(text) === "text" || /^(?:19|20)\d{2}$|^(?:19|20)\d{2}[-/.]\d{1,2}$/.test(text));
};

const mostPairs = 200;

/** Two columns of labels, each once, with values of several kinds: a form, not a list. */
function isPairs(rows: readonly GridRow[], columns: number): boolean {
  if (columns !== 2 || rows.length < 3 || rows.length > mostPairs) return false;
  const pairs = rows.filter((row) => width(row) === 2 || (width(row) === 1 && filled(row.cells[0])));
  const labels = pairs.map(({ cells }) => cells[0]?.trim() ?? "");
  if (pairs.length < rows.length || new Set(labels).size < labels.length) return false;
  if (!labels.every((label) => label.length <= longestLabel && cellKind(label) === "text")) return false;
  if (labels.filter((label) => /[:：]$/.test(label)).length >= labels.length * 0.7) return true;
  const [first] = pairs;
  // "What, Value" over such rows are names of columns.
  if (first !== undefined && isUsualName(first.cells[1] ?? "")) return false;
  const told = pairs.map(({ cells }) => cells[1] ?? "").filter(filled);
  const kinds = new Set(told.map(cellKind));
  return kinds.size > 1 && kinds.has("text") && columnKind(told) === "mixed" && columnKind(told.slice(1)) === "mixed";
}
const longestLabel = 60;
