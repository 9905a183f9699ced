/** Bounds of training sets and heads. Beyond them: a clear refusal, never a slow app. */
export const trainingLimits = {
  /** Bytes of an uploaded or pasted table. */
  fileBytes: 64 * 1024 * 1024,
  rows: 200_000,
  labels: 1_000,
  leastLabels: 2,
  /** Characters of one text; what an embedding endpoint takes in one piece. */
  textCharacters: 8_000,
  labelCharacters: 60,
  columns: 200,
  /** Characters of one cell while a table is read: longer ones are a broken quote. */
  cellCharacters: 1_000_000,
} as const;

/** The same for a reader of tables. */
export const trainingGridLimits = {
  rows: trainingLimits.rows,
  columns: trainingLimits.columns,
  cellLength: trainingLimits.cellCharacters,
} as const;
