/** Two that were compared once: `share` of the win is the first one's (a tie is a half), `cluster` the place of what depends on each other. */
export interface Match {
  readonly first: number;
  readonly second: number;
  readonly share: number;
  readonly weight: number;
  readonly cluster: number;
}

export interface Strengths {
  /** Logarithm of the odds of being preferred to the reference, whose own is 0; NaN for those that are none of `bounded`. */
  readonly values: Float64Array;
  /** Standard errors, whatever the correlation within clusters. */
  readonly errors: Float64Array;
  /** Those whose strength has bounds: each has won and lost, if only by a chain of others, against each. */
  readonly bounded: readonly number[];
  readonly clusters: number;
}

const mostSteps = 60;
const close = 1e-12;

/** Solves a x = b for symmetric positive a, each column of b; null where a is singular. */
const solve = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] | null => {
  const size = a.length;
  const rows = a.map((row, place) => [...row, ...(b[place] as readonly number[])]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    const own = rows[pivot] as number[];
    if (!(Math.abs(own[column] as number) > 1e-300)) return null;
    [rows[pivot], rows[column]] = [rows[column] as number[], own];
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const other = rows[row] as number[];
      const factor = (other[column] as number) / (own[column] as number);
      for (let place = column; place < own.length; place += 1)
        other[place] = (other[place] as number) - factor * (own[place] as number);
    }
  }
  return rows.map((row, place) => row.slice(size).map((value) => value / (row[place] as number)));
};

/** Those that `from` reaches over edges. */
const reached = (from: number, size: number, edge: (one: number, other: number) => boolean): Set<number> => {
  const found = new Set([from]);
  for (const one of found)
    for (let other = 0; other < size; other += 1) if (!found.has(other) && edge(one, other)) found.add(other);
  return found;
};

/**
 * Strengths of several that were compared in pairs: P(i before j) = 1 / (1 + e^(β_j - β_i)) (R. A. Bradley and M. E. Terry, Biometrika 39 (1952) 324), by Newton's method from
 * 0, at most 60 steps; ties are half a win for each (a quasi-likelihood, which needs no parameter of its own as R. R. Davidson's does, JASA 65 (1970) 317). There is a largest likelihood only
 * where everybody has beaten everybody, if only over others (L. R. Ford, American Mathematical Monthly 64 (1957) 28): who has only won, or only lost, against those around
 * the reference is left out. Errors are the sandwich's over clusters, because all of a row are compared with the same answer (K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986) 13),
 * times √(G / (G - 1)). null where it does not end.
 */
export const bradleyTerry = (matches: readonly Match[], size: number, reference: number): Strengths | null => {
  const won = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const { first, second, share } of matches) {
    if (share > 0) (won[first] as boolean[])[second] = true;
    if (share < 1) (won[second] as boolean[])[first] = true;
  }
  const above = reached(reference, size, (one, other) => won[other]?.[one] === true);
  const below = reached(reference, size, (one, other) => won[one]?.[other] === true);
  const bounded = [...above].filter((each) => below.has(each)).sort((one, other) => one - other);
  const values = new Float64Array(size).fill(Number.NaN);
  const errors = new Float64Array(size).fill(Number.NaN);
  values[reference] = 0;
  errors[reference] = 0;
  const free = bounded.filter((each) => each !== reference);
  const place = new Map(free.map((each, index) => [each, index]));
  const own = matches.filter(({ first, second }) => bounded.includes(first) && bounded.includes(second));
  const groups = new Map<number, number>();
  for (const { cluster } of own) if (!groups.has(cluster)) groups.set(cluster, groups.size);
  const clusters = groups.size;
  if (free.length === 0) return { values, errors, bounded, clusters };
  const beta = new Float64Array(size);
  const square = () => free.map(() => new Array<number>(free.length).fill(0));
  const put = (matrix: number[][], row: number, column: number, value: number) => {
    const line = matrix[row] as number[];
    line[column] = (line[column] as number) + value;
  };
  const gathered = () => {
    const [information, score] = [square(), new Array<number>(free.length).fill(0)];
    const scores = Array.from({ length: clusters }, () => new Array<number>(free.length).fill(0));
    for (const { first, second, share, weight, cluster } of own) {
      const chance = 1 / (1 + Math.exp((beta[second] as number) - (beta[first] as number)));
      const [moved, curved] = [weight * (share - chance), weight * chance * (1 - chance)];
      const sides = [[place.get(first), 1] as const, [place.get(second), -1] as const];
      const line = scores[groups.get(cluster) as number] as number[];
      for (const [row, sign] of sides) {
        if (row === undefined) continue;
        score[row] = (score[row] as number) + sign * moved;
        line[row] = (line[row] as number) + sign * moved;
        for (const [column, other] of sides)
          if (column !== undefined) put(information, row, column, sign * other * curved);
      }
    }
    return { information, score, scores };
  };
  for (let step = 0; step < mostSteps; step += 1) {
    const { information, score } = gathered();
    const moves = solve(
      information,
      score.map((each) => [each]),
    );
    if (moves === null) return null;
    let farthest = 0;
    for (const [index, each] of free.entries()) {
      // A step of more than 2 in log odds overshoots where the curve is flat.
      const move = Math.max(-2, Math.min(2, moves[index]?.[0] ?? Number.NaN));
      if (Number.isNaN(move)) return null;
      beta[each] = (beta[each] as number) + move;
      farthest = Math.max(farthest, Math.abs(move));
    }
    if (farthest > close) continue;
    const { information: last, scores } = gathered();
    const inverse = solve(
      last,
      free.map((_, row) => free.map((_each, column) => Number(row === column))),
    );
    if (inverse === null) return null;
    for (const [index, each] of free.entries()) {
      const line = inverse[index] as number[];
      const squares = scores.reduce(
        (sum, own) => sum + own.reduce((dot, value, column) => dot + value * (line[column] as number), 0) ** 2,
        0,
      );
      values[each] = beta[each] as number;
      errors[each] = clusters > 1 ? Math.sqrt((squares * clusters) / (clusters - 1)) : Number.NaN;
    }
    return { values, errors, bounded, clusters };
  }
  return null;
};
