/** What makes the difference of a row vary: from row to row, and from one repeat of a row to the next. Variances, in the metric's units squared. */
export interface VarianceParts {
  readonly between: number;
  readonly within: number;
}

/**
 * Parts of the variance of paired differences, from rows that were asked several times: the analysis of variance of one way (S. R. Searle, G. Casella and C. E. McCulloch, Variance
 * Components (1992), section 3.6). `own[i]` and `other[i]` hold the repeats of row i of the two sides. `within` is the sum of both sides' variances among repeats, `between` what is left of the
 * variance of the rows' differences, not below 0. null with fewer than two rows of two repeats or more.
 */
export const varianceParts = (
  own: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): VarianceParts | null => {
  const differences: number[] = [];
  const [squares, freedom] = [
    [0, 0],
    [0, 0],
  ];
  let noise = 0;
  for (const [row, values] of own.entries()) {
    const sides = [values, other[row] ?? []];
    if (sides.some(({ length }) => length < 2)) continue;
    const means = sides.map((side) => side.reduce((sum, value) => sum + value, 0) / side.length);
    for (const [place, side] of sides.entries()) {
      squares[place] =
        (squares[place] as number) + side.reduce((sum, value) => sum + (value - (means[place] as number)) ** 2, 0);
      freedom[place] = (freedom[place] as number) + side.length - 1;
    }
    noise += 1 / (sides[0] as readonly number[]).length;
    differences.push((means[0] as number) - (means[1] as number));
  }
  const rows = differences.length;
  if (rows < 2) return null;
  const within = squares.reduce((sum, each, place) => sum + each / (freedom[place] as number), 0);
  const mean = differences.reduce((sum, each) => sum + each, 0) / rows;
  const spread = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (rows - 1);
  return { between: Math.max(0, spread - (within * noise) / rows), within };
};

/** Standard error of the difference over so many rows, each asked so often. */
export const errorOfSplit = ({ between, within }: VarianceParts, rows: number, repeats: number): number =>
  Math.sqrt((between + within / repeats) / rows);

export interface Split {
  readonly rows: number;
  readonly repeats: number;
  readonly error: number;
}

/**
 * The split of as many answers a variant, `answers`, over rows and repeats that leaves the smallest error: sampling in two stages (W. G. Cochran, Sampling Techniques (1977), section 10.6)
 * where a new row costs nothing beyond its answers. As many rows as there are, and repeats only for what is left.
 */
export const bestSplit = (
  parts: VarianceParts,
  {
    answers,
    available,
    mostRepeats,
  }: { readonly answers: number; readonly available: number; readonly mostRepeats: number },
): Split => {
  let best: Split | null = null;
  for (let repeats = 1; repeats <= mostRepeats; repeats += 1) {
    const rows = Math.min(available, Math.floor(answers / repeats));
    if (rows < 1) break;
    const error = errorOfSplit(parts, rows, repeats);
    if (best === null || error < best.error * (1 - 1e-12)) best = { rows, repeats, error };
  }
  return best ?? { rows: 1, repeats: 1, error: errorOfSplit(parts, 1, 1) };
};
