export const backgroundLimits = {
  /** Background runs under way at once in one process. */
  atOnce: 32,
  /** Runs of one API key that wait for their turn, and of all keys together. */
  waitingOfKey: 1_000,
  waiting: 20_000,
  /** Bytes of the inputs of those that wait. */
  bytesOfKey: 64 * 1024 * 1024,
  bytes: 1024 * 1024 * 1024,
  /** How often a process looks for what nobody told it of. */
  lookMs: 5_000,
} as const;
