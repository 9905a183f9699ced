import { filled, type Grid, type GridRow, isBlankRow } from "./grid";
import { usualWidth } from "./guess-header";
import { headerEvidence } from "./header-evidence";

const mostTables = 200;

/** The tables of a sheet: a blank row parts two where the rows after it look like a table of their own, a blank column two that stand side by side. */
export function splitGrid(grid: Grid): Grid[] {
  if (grid.headerRows !== undefined || usualWidth(grid.rows) < 2) return [grid];
  const blocks = joinBlocks(blocksOf(grid.rows));
  return blocks.flatMap((rows) => besides(rows)).map((rows) => ({ ...grid, rows }));
}

function blocksOf(rows: readonly GridRow[]): GridRow[][] {
  const blocks: GridRow[][] = [];
  let open: GridRow[] = [];
  for (const row of rows) {
    if (!isBlankRow(row)) open.push(row);
    else if (open.length > 0) {
      blocks.push(open);
      open = [];
    }
  }
  if (open.length > 0) blocks.push(open);
  return blocks;
}

/** A blank row within a table is only blank; a lone line above a table is its title. */
function joinBlocks(blocks: readonly GridRow[][]): GridRow[][] {
  const joined: GridRow[][] = [];
  let titles: GridRow[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last !== undefined && (joined.length >= mostTables || !beginsTable(block, last, titles))) {
      // Not as arguments of one call: a sheet may have more rows than a call may have arguments.
      for (const row of titles) last.push(row);
      for (const row of block) last.push(row);
      titles = [];
    } else if (isTitle(block)) titles.push(...block);
    else {
      joined.push([...titles, ...block]);
      titles = [];
    }
  }
  if (titles.length > 0) joined.push(titles);
  return joined;
}

const isTitle = (block: readonly GridRow[]): boolean =>
  block.length <= 3 && block.every(({ cells }) => new Set(cells.filter(filled)).size <= 1);

/** Names over other things than before, or other columns. */
function beginsTable(block: readonly GridRow[], before: readonly GridRow[], titles: readonly GridRow[]): boolean {
  if (isTitle(block)) return true;
  const [head, ...body] = block;
  if (head === undefined || body.length === 0) return titles.length > 0;
  if (isOnlyHead(before, block)) return false;
  const isHead =
    headerEvidence(
      head.cells,
      body.map(({ cells }) => cells),
    ) > (titles.length > 0 ? 0 : 0.5);
  return isHead || (titles.length > 0 && usualWidth(block) !== usualWidth(before));
}

/** Names of columns above a blank row, as programs write groups of columns: nothing stands where every row below begins. */
const isOnlyHead = (before: readonly GridRow[], block: readonly GridRow[]): boolean =>
  before.length <= 3 &&
  before.every(({ cells }) => !filled(cells[0]) && cells.some(filled)) &&
  block.every(({ cells }) => filled(cells[0]));

/** Tables that stand side by side end in different rows, or have the same names twice. */
function besides(rows: GridRow[]): GridRow[][] {
  const columns = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  if (columns > 200) return [rows];
  const isGap = Array.from({ length: columns }, (_, place) => rows.every(({ cells }) => !filled(cells[place])));
  const first = isGap.indexOf(false);
  for (let place = first + 2; place < columns - 2; place++) {
    if (!isGap[place]) continue;
    const left = slice(rows, first, place);
    const right = slice(rows, place + 1, columns);
    if (left.length === 0 || right.length === 0 || Math.min(usualWidth(left), usualWidth(right)) < 2) continue;
    const names = (side: readonly GridRow[]) => side[0]?.cells.filter(filled).join("\u0000");
    const bothNamed = [left, right].every(
      ([head, ...body]) =>
        head !== undefined &&
        headerEvidence(
          head.cells,
          body.map(({ cells }) => cells),
        ) > 0,
    );
    if (bothNamed && (left.length !== right.length || names(left) === names(right))) return [left, ...besides(right)];
  }
  return [rows];
}

const slice = (rows: readonly GridRow[], from: number, to: number): GridRow[] =>
  rows.map(({ cells, line }) => ({ cells: cells.slice(from, to), line })).filter((row) => !isBlankRow(row));
