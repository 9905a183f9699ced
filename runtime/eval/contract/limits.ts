/** Bounds of datasets and experiments. Beyond them: a clear refusal, never a slow app. */
export const evalLimits = {
  /** Datasets of one workspace. */
  datasets: 500,
  /** Rows of one dataset. */
  rows: 50_000,
  /** Inputs and expected outputs of one dataset together. */
  columns: 50,
  columnNameCharacters: 100,
  /** Characters of one cell as JSON text. */
  cellCharacters: 100_000,
  tags: 20,
  tagCharacters: 60,
  /** A row weighs as much as so many. */
  weight: 1_000,
  experiments: 5_000,
  leastVariants: 1,
  variants: 8,
  scorers: 20,
  repeats: 20,
  /** variants x rows x repeats of one experiment. */
  cells: 500_000,
  concurrency: 64,
  overrides: 200,
  nameCharacters: 120,
} as const;
