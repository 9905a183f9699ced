/** Means of what was measured of each row; NaN where nothing was. */
export class RowMeans {
  private readonly sums: Float64Array;
  private readonly counts: Uint16Array;
  constructor(rows: number) {
    this.sums = new Float64Array(rows);
    this.counts = new Uint16Array(rows);
  }
  add(row: number, value: number | null | undefined) {
    if (typeof value !== "number" || !Number.isFinite(value) || row >= this.sums.length) return;
    this.sums[row] = (this.sums[row] as number) + value;
    this.counts[row] = (this.counts[row] as number) + 1;
  }
  means(): Float64Array {
    return this.sums.map((sum, row) => (this.counts[row] === 0 ? Number.NaN : sum / (this.counts[row] as number)));
  }
}
