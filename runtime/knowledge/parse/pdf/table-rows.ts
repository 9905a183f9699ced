import type { Rule } from "./page-drawing";
import type { Fragment } from "./page-line";

/** A table that was found among the rows of a page's text. */
export interface FoundTable {
  /** Which of the rows it takes: from `start` up to, and without, `end`. */
  readonly start: number;
  readonly end: number;
  /** Each with the first and the last of the rows that it is made of, and a cell for each column. */
  readonly rows: readonly { readonly fragments: readonly Fragment[]; readonly cells: readonly string[] }[];
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean;
}

interface Column {
  left: number;
  right: number;
}
type Row = readonly Fragment[];

const most = { columns: 40, gap: 3.2 } as const;
const number = /^[-+−(]?\s?[€$£¥₹]?\s?\d[\d.,' ]*\s?(?:%|‰|[€$£¥₹]|\p{L}{1,4})?\)?$|^[-–—]$/u;

/** The tables among rows of fragments, which come from top to bottom; `rules` are the lines drawn between them. */
export function findTables(rows: readonly Row[], rules: readonly Rule[]): FoundTable[] {
  const tables: FoundTable[] = [];
  for (let start = 0; start < rows.length; ) {
    const found = (rows[start]?.length ?? 0) >= 2 ? tableFrom(rows, start, rules) : undefined;
    if (found) tables.push(found);
    start = found?.end ?? start + 1;
  }
  return tables;
}

function tableFrom(rows: readonly Row[], start: number, rules: readonly Rule[]): FoundTable | undefined {
  const columns: Column[] = (rows[start] ?? []).map(({ left, right }) => ({ left, right }));
  let end = start + 1;
  for (; end < rows.length; end++) {
    const row = rows[end] ?? [];
    if (isFar(rows[end - 1] ?? [], row, rules) || !takes(columns, row)) break;
  }
  const [left, right] = sidesOf(columns);
  const lines = rowLines(rules, left, right);
  // What hangs on below is no row of it.
  while (
    end > start &&
    (rows[end - 1]?.length ?? 0) < 2 &&
    !isWrapped(rows[end - 2] ?? [], rows[end - 1] ?? [], columns) &&
    !isInBand(rows[end - 2] ?? [], rows[end - 1] ?? [], lines)
  )
    end--;
  columns.sort((one, other) => one.left - other.left);
  const members = rows.slice(start, end);
  const full = members.filter((row) => row.length >= 2).length;
  const isTable = columns.length >= 3 ? full >= 2 : full >= 3;
  if (!isTable || columns.length > most.columns) return undefined;
  const merged = mergeRows(members, columns, lines);
  const several = merged.filter(({ cells }) => cells.filter((cell) => cell !== "").length >= 2).length;
  if (merged.length < 2 || several < merged.length * 0.4) return undefined;
  return { start, end, rows: merged, hasHeader: hasHeader(merged, rules) };
}

/** Adds a row's pieces to the columns; false where one of them runs over several of them. */
function takes(columns: Column[], row: Row): boolean {
  const next = columns.map((column) => ({ ...column }));
  for (const { left, right } of row) {
    const over = next.filter((column) => left < column.right && right > column.left);
    if (over.length > 1) return false;
    const [column] = over;
    if (column) {
      const [wantedLeft, wantedRight] = [Math.min(column.left, left), Math.max(column.right, right)];
      if (next.some((other) => other !== column && wantedLeft < other.right && wantedRight > other.left)) return false;
      Object.assign(column, { left: wantedLeft, right: wantedRight });
    } else if (row.length >= 2) next.push({ left, right });
    else return false;
  }
  columns.splice(0, columns.length, ...next);
  return true;
}

const isFar = (before: Row, row: Row, rules: readonly Rule[]): boolean => {
  const [above, below] = [before[0], row[0]];
  if (!above || !below) return true;
  const distance = below.y - above.y;
  if (distance <= most.gap * Math.max(above.size, below.size)) return false;
  return !(distance < 12 * above.size && rules.some((rule) => isBetween(rule, above.y, below.y, below)));
};

const isBetween = (rule: Rule, from: number, to: number, { left }: Fragment): boolean =>
  rule.isHorizontal && rule.top > from - 2 && rule.bottom < to && rule.left <= left + 20 && rule.right >= left;

/** Whether a row goes on with cells of the one above, which were full: its first word would not have fitted there. */
function isWrapped(before: Row, row: Row, columns: readonly Column[]): boolean {
  return row.every((fragment) => {
    const column = columns.find(({ left, right }) => fragment.left < right && fragment.right > left);
    const above = column && before.find(({ left, right }) => left < column.right && right > column.left);
    if (!column || !above) return false;
    // A number or a single word has no second line.
    const isFull = above.right - above.left > 0.55 * (column.right - column.left) && /\S\s+\S|-$/u.test(above.text);
    if (!isFull || column.right - column.left < 4 * fragment.size) return false;
    const signs = fragment.text.length || 1;
    const first = (/^\S{1,30}/u.exec(fragment.text)?.[0].length ?? 1) / signs;
    const room = column.right - above.right;
    return (
      fragment.y - above.y < 1.9 * above.size && room < first * (fragment.right - fragment.left) + 0.6 * fragment.size
    );
  });
}

const sidesOf = (columns: readonly Column[]): readonly [left: number, right: number] => [
  Math.min(...columns.map((column) => column.left)),
  Math.max(...columns.map((column) => column.right)),
];

/** Whether two rows are in one between two of the lines drawn across the table. */
const isInBand = ([before]: Row, [row]: Row, lines: readonly number[]): boolean =>
  before !== undefined &&
  row !== undefined &&
  !lines.some((y) => y > before.y && y < row.y) &&
  lines.some((y) => y < before.y) &&
  lines.some((y) => y > row.y - 2 && y < row.y + 4 * row.size);

function mergeRows(rows: readonly Row[], columns: readonly Column[], all: readonly number[]): FoundTable["rows"] {
  const [first, last] = [rows[0]?.[0]?.y ?? 0, rows.at(-1)?.[0]?.y ?? 0];
  const lines = all.filter((y) => y > first - 3 && y < last);
  const bandOf = (row: Row) => lines.filter((y) => y < (row[0]?.y ?? 0) - 0.1 * (row[0]?.size ?? 0)).length;
  const bands = new Set(rows.map(bandOf)).size;
  // Only the header is ruled off in many a table, and groups of rows in others: then a band holds several rows that begin in the first column.
  const begun = new Map<number, number>();
  for (const row of rows) {
    const begins = row.some((fragment) => fragment.left < (columns[0]?.right ?? 0));
    if (begins) begun.set(bandOf(row), (begun.get(bandOf(row)) ?? 0) + 1);
  }
  const crowded = [...begun.values()].filter((count) => count > 1).length;
  const areRuled = bands >= 3 && (bands >= rows.length * 0.5 || crowded <= bands * 0.2);
  const merged: { fragments: Fragment[]; cells: string[] }[] = [];
  rows.forEach((row, index) => {
    const cells = columns.map(() => "");
    for (const fragment of row) {
      const at = columns.findIndex((column) => fragment.left < column.right && fragment.right > column.left);
      if (at >= 0) cells[at] = `${cells[at]}${cells[at] === "" ? "" : " "}${fragment.text}`;
    }
    const before = rows[index - 1];
    const target = merged.at(-1);
    const belongs =
      before &&
      target &&
      (areRuled
        ? bandOf(before) === bandOf(row)
        : cells[0] === "" && row.length < columns.length && isWrapped(before, row, columns));
    if (!belongs) {
      merged.push({ fragments: [...row], cells });
      return;
    }
    target.fragments.push(...row);
    target.cells = target.cells.map((cell, at) => joinCell(cell, cells[at] ?? ""));
  });
  return merged;
}

/** The heights at which a table of this width is ruled from side to side, be it by a line for each cell. */
function rowLines(rules: readonly Rule[], left: number, right: number): readonly number[] {
  const byHeight = new Map<number, { left: number; right: number; length: number }>();
  for (const rule of rules) {
    if (!rule.isHorizontal || rule.left > right || rule.right < left) continue;
    const y = Math.round(rule.top / 2) * 2;
    const line = byHeight.get(y) ?? { left: rule.left, right: rule.right, length: 0 };
    line.left = Math.min(line.left, rule.left);
    line.right = Math.max(line.right, rule.right);
    line.length += rule.right - rule.left;
    byHeight.set(y, line);
  }
  return [...byHeight]
    .filter(([, line]) => line.left < left + 15 && line.right > right - 15 && line.length > 0.7 * (right - left))
    .map(([y]) => y)
    .sort((one, other) => one - other);
}

const joinCell = (above: string, below: string): string => {
  if (above === "" || below === "") return above + below;
  if (/\p{Ll}-$/u.test(above) && /^\p{Ll}/u.test(below)) return above.slice(0, -1) + below;
  return /[\u2e80-\u9fff]$/.test(above) && /^[\u2e80-\u9fff]/.test(below) ? above + below : `${above} ${below}`;
};

/** A first row of words above columns of numbers, in other letters than the rest, or ruled off from it. */
function hasHeader(rows: FoundTable["rows"], rules: readonly Rule[]): boolean {
  const [header, ...body] = rows;
  if (!header || body.length === 0) return false;
  const names = header.cells;
  const named = names.filter((name) => name !== "");
  if (named.length < 2 || named.length < names.length - 1) return false;
  if (
    named.some((name) => number.test(name) && !isYear(name)) ||
    named.some((name) => name.length > 60 || /[:：]$/.test(name))
  )
    return false;
  const isNumeric = names.some((name, at) => {
    const filled = body.map(({ cells }) => cells[at] ?? "").filter((cell) => cell !== "");
    return name !== "" && filled.length > 0 && filled.filter((cell) => number.test(cell)).length >= 0.6 * filled.length;
  });
  if (isNumeric) return true;
  const fonts = (row: FoundTable["rows"][number]) => new Set(row.fragments.map(({ font }) => font));
  const headerFonts = fonts(header);
  const isSet =
    headerFonts.size === 1 &&
    !headerFonts.has(undefined) &&
    body.every((row) => [...fonts(row)].every((font) => !headerFonts.has(font)));
  if (isSet) return true;
  const ends = rows.map((row) => Math.max(...row.fragments.map(({ y }) => y)));
  const [left, right] = sidesOf(header.fragments);
  const lines = rowLines(rules, left, right);
  const isRuledOff = (index: number) => lines.some((y) => y > (ends[index] ?? 0) - 1 && y < (ends[index + 1] ?? 0));
  // Lines between all rows say nothing of the first.
  return isRuledOff(0) && body.slice(1).filter((_, index) => isRuledOff(index + 1)).length < body.length * 0.5;
}

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text);
