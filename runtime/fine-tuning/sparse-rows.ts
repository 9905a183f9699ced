/** Rows of mostly zeros, in compressed form: the entries of row r lie from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** One row as the features have it. */
export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

export const joinSparseRows = (rows: readonly SparseRow[]): SparseRows => {
  const starts = new Int32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) starts[index + 1] = (starts[index] ?? 0) + row.indices.length;
  const total = starts[rows.length] ?? 0;
  const indices = new Int32Array(total);
  const values = new Float32Array(total);
  for (const [index, row] of rows.entries()) {
    indices.set(row.indices, starts[index]);
    values.set(row.values, starts[index]);
  }
  return { starts, indices, values };
};
