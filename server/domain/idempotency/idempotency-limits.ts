export const idempotencyLimits = {
  /** Characters of a key. */
  keyLength: 255,
  /** How long a key stands for the run that it started. */
  keepHours: 24,
  /** Keys of one API key that are kept at once. */
  keys: 50_000,
  /** How long whoever came first may take until its run is under way. */
  claimMs: 30_000,
} as const;
