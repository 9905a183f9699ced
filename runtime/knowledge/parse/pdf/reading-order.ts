import type { Rule } from "./page-drawing";
import type { Fragment, PageLine } from "./page-line";
import { findTables } from "./table-rows";

const deepest = 3;
const binWidth = 2;

/** The lines of a page as they are read: columns one after the other, and what spans them in its place; rows of tables as rows. */
export function readingOrder(fragments: readonly Fragment[], rules: readonly Rule[] = [], depth = 0): PageLine[] {
  const gutter = depth < deepest ? findGutter(fragments, rules) : undefined;
  if (gutter === undefined) return linesOf(fragments, rules);
  const spanning = fragments.filter(({ left, right }) => left < gutter && right > gutter).sort((a, b) => a.y - b.y);
  const beside = fragments.filter(({ left, right }) => left >= gutter || right <= gutter);
  const lines: PageLine[] = [];
  let from = Number.NEGATIVE_INFINITY;
  const band = (to: number) => {
    const within = beside.filter(({ y }) => y > from && y <= to);
    for (const side of [within.filter(({ right }) => right <= gutter), within.filter(({ left }) => left >= gutter)]) {
      lines.push(...readingOrder(side, rules, depth + 1));
    }
    from = to;
  };
  for (const row of rowsOf(spanning)) {
    band(row[0]?.y ?? 0);
    lines.push(lineOf(row, fragments));
  }
  band(Number.POSITIVE_INFINITY);
  return lines;
}

/** The lines of one column. */
function linesOf(fragments: readonly Fragment[], rules: readonly Rule[]): PageLine[] {
  const rows = rowsOf(fragments);
  const lines: PageLine[] = [];
  let at = 0;
  for (const { start, end, rows: found, hasHeader } of findTables(rows, rules)) {
    lines.push(...rows.slice(at, start).map((row) => lineOf(row, fragments)));
    const table = rows[start]?.[0]?.y ?? 0;
    for (const { fragments: members, cells } of found) {
      const text = cells.filter((cell) => cell !== "").join("  ");
      lines.push({ ...lineOf(members, fragments), text, row: { table, cells, hasHeader } });
    }
    at = end;
  }
  lines.push(...rows.slice(at).map((row) => lineOf(row, fragments)));
  return lines;
}

/**
 * Where an empty strip runs down between two columns of running text; a few lines, such as a title, may cross it. The columns of a
 * table have short cells, which are read row by row.
 */
function findGutter(fragments: readonly Fragment[], rules: readonly Rule[], depth = 0): number | undefined {
  if (fragments.length < 8) return undefined;
  const left = Math.min(...fragments.map((fragment) => fragment.left));
  const right = Math.max(...fragments.map((fragment) => fragment.right));
  const size = middle(fragments.map((fragment) => fragment.size));
  const bins = Math.ceil((right - left) / binWidth);
  if (!(bins > 10 && bins < 10_000)) return undefined;
  const crossing = new Array<number>(bins).fill(0);
  for (const fragment of fragments) {
    const last = Math.min(bins - 1, Math.floor((fragment.right - left) / binWidth));
    for (let bin = Math.max(0, Math.floor((fragment.left - left) / binWidth)); bin <= last; bin++) {
      crossing[bin] = (crossing[bin] ?? 0) + 1;
    }
  }
  const most = fragments.length * 0.15;
  let best: { readonly at: number; readonly crossed: number; readonly width: number } | undefined;
  for (let bin = Math.floor(bins * 0.2); bin < bins * 0.8; ) {
    const crossed = crossing[bin] ?? 0;
    let end = bin + 1;
    while (end < bins * 0.8 && crossing[end] === crossed) end++;
    const width = (end - bin) * binWidth;
    const at = left + ((bin + end) / 2) * binWidth;
    if (
      crossed <= most &&
      width >= 0.6 * size &&
      (!best || crossed < best.crossed || (crossed === best.crossed && width > best.width))
    ) {
      if (isBetweenColumns(fragments, at, { left, right, size }, rules, depth)) best = { at, crossed, width };
    }
    bin = end;
  }
  return best?.at;
}

function isBetweenColumns(
  fragments: readonly Fragment[],
  gutter: number,
  page: { readonly left: number; readonly right: number; readonly size: number },
  rules: readonly Rule[],
  depth: number,
): boolean {
  if (areRowsRuled(fragments, gutter, rules)) return false;
  const isColumn = (side: readonly Fragment[], width: number) =>
    side.length >= 4 &&
    width > 8 * page.size &&
    (middle(side.map(({ left, right }) => right - left)) > 0.55 * width ||
      // Two more columns, or three.
      (depth < 1 && findGutter(side, rules, depth + 1) !== undefined));
  const [before, behind] = [
    fragments.filter(({ right }) => right <= gutter),
    fragments.filter(({ left }) => left >= gutter),
  ];
  if (isColumn(before, gutter - page.left) && isColumn(behind, page.right - gutter)) return true;
  return areApart(before, behind);
}

/** Lines of their own heights on both sides, as of notes beside the text; the cells of a row have one. */
function areApart(before: readonly Fragment[], behind: readonly Fragment[]): boolean {
  if (Math.min(before.length, behind.length) < 4) return false;
  const [fewer, more] = before.length < behind.length ? [before, behind] : [behind, before];
  const heights = more.map(({ y }) => y).sort((one, other) => one - other);
  const meets = ({ y, size }: Fragment) => heights.some((height) => Math.abs(height - y) < 0.2 * size);
  return fewer.filter(meets).length < 0.4 * fewer.length && areEven(before) && areEven(behind);
}

/** Most lines of a column are about as wide as it is. */
const areEven = (side: readonly Fragment[]): boolean => {
  const width = Math.max(...side.map(({ right }) => right)) - Math.min(...side.map(({ left }) => left));
  return middle(side.map(({ left, right }) => right - left)) > 0.6 * width;
};

/** Lines drawn across the strip, between the text's first and last line, make it one between the columns of a table. */
const areRowsRuled = (fragments: readonly Fragment[], gutter: number, rules: readonly Rule[]): boolean => {
  const ys = fragments.map(({ y }) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const crossing = rules.filter(
    (rule) =>
      rule.isHorizontal &&
      rule.left < gutter - 10 &&
      rule.right > gutter + 10 &&
      rule.top > top &&
      rule.bottom < bottom,
  );
  return new Set(crossing.map((rule) => Math.round(rule.top))).size >= 3;
};

/** From top to bottom, and each from left to right. */
function rowsOf(fragments: readonly Fragment[]): Fragment[][] {
  const rows: Fragment[][] = [];
  for (const fragment of [...fragments].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && fragment.y - first.y < 0.5 * Math.min(first.size, fragment.size)) row.push(fragment);
    else rows.push([fragment]);
  }
  for (const row of rows) row.sort((a, b) => a.left - b.left);
  return rows;
}

function lineOf(row: readonly Fragment[], column: readonly Fragment[]): PageLine {
  const longest = row.reduce((most, fragment) => (fragment.text.length > most.text.length ? fragment : most));
  return {
    // Two spaces stand between the cells of a table.
    text: row.map(({ text }) => text).join("  "),
    left: Math.min(...row.map(({ left }) => left)),
    right: Math.max(...row.map(({ right }) => right)),
    y: longest.y,
    size: longest.size,
    columnLeft: column.reduce((least, { left }) => Math.min(least, left), Number.POSITIVE_INFINITY),
    columnRight: column.reduce((most, { right }) => Math.max(most, right), 0),
  };
}

export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
