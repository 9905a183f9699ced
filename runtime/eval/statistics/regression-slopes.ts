/**
 * Slopes of a weighted least-squares line with an intercept, of one covariate or two, by the normal equations of centred values (C. F. Gauss, 1823). 0 where a covariate does not vary, or says what the other
 * does.
 */
export const regressionSlopes = (
  rows: readonly number[],
  covariatesOf: (row: number) => readonly number[],
  outcomeOf: (row: number) => number,
  weightOf: (row: number) => number,
  width: number,
): number[] => {
  let [mass, total] = [0, 0];
  const sums = new Array<number>(width).fill(0);
  for (const row of rows) {
    const weight = weightOf(row);
    mass += weight;
    total += weight * outcomeOf(row);
    for (const [place, x] of covariatesOf(row).entries()) sums[place] = (sums[place] as number) + weight * x;
  }
  if (!(mass > 0)) return sums.map(() => 0);
  const means = sums.map((sum) => sum / mass);
  const [square, cross] = [[0, 0, 0] as [number, number, number], [0, 0] as [number, number]];
  for (const row of rows) {
    const weight = weightOf(row);
    const xs = covariatesOf(row).map((x, place) => x - (means[place] as number));
    const [x = 0, z = 0] = xs;
    const value = outcomeOf(row) - total / mass;
    square[0] += weight * x * x;
    square[1] += weight * x * z;
    square[2] += weight * z * z;
    cross[0] += weight * x * value;
    cross[1] += weight * z * value;
  }
  const [xx, xz, zz] = square;
  const alone = (own: number, joint: number) => (own > 1e-12 * mass ? joint / own : 0);
  const determinant = xx * zz - xz * xz;
  if (width < 2 || !(determinant > 1e-9 * xx * zz)) return [alone(xx, cross[0]), 0].slice(0, width);
  return [(zz * cross[0] - xz * cross[1]) / determinant, (xx * cross[1] - xz * cross[0]) / determinant];
};
