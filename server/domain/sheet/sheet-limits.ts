/** Bounds of sheets. Beyond them: a clear refusal before anything is run. */
export const sheetLimits = {
  /** Rows of one sheet. */
  rows: 20_000,
  columns: 200,
  /** Rows x columns. */
  cells: 400_000,
  /** Characters of one cell. */
  cellCharacters: 100_000,
  /** Characters of all cells together. */
  characters: 32_000_000,
  /** Sheets of one workspace that wait or are under way. */
  open: 5,
  /** Sheets that a workspace keeps. */
  kept: 500,
  nameCharacters: 120,
  /** Rows under way at once. */
  concurrency: 8,
} as const;
