/** Written again it is the same text, and short enough that no program shows it otherwise: no 1.10, no 007, no telephone number. */
const isPlainNumber = (cell: string): boolean =>
  cell.length <= 10 && /^-?\d{1,9}(?:\.\d{1,8})?$/.test(cell) && String(Number(cell)) === cell;

/** Of each column, whether all of its cells are numbers that lose nothing when they are given back as such. */
export const numberColumns = (width: number, rows: readonly (readonly string[])[]): boolean[] => {
  const has = new Array<boolean>(width).fill(false);
  const can = new Array<boolean>(width).fill(true);
  for (const cells of rows)
    for (let place = 0; place < width; place += 1) {
      const cell = cells[place] ?? "";
      if (cell === "") continue;
      has[place] = true;
      if (can[place] && !isPlainNumber(cell)) can[place] = false;
    }
  return can.map((each, place) => each && has[place] === true);
};
