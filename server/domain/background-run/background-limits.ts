export const backgroundLimits = {
  /** Background runs under way at once in one process. */
  atOnce: 32,
  /** Of these the part that one workspace may hold, and one API key of it: the rest is left to others, however long those runs take. */
  partOfWorkspace: 3 / 4,
  partOfKey: 5 / 8,
  /** Runs of one API key that wait for their turn, of one workspace, and of all together. */
  waitingOfKey: 1_000,
  waitingOfWorkspace: 5_000,
  waiting: 20_000,
  /** Bytes of the inputs of those that wait. */
  bytesOfKey: 64 * 1024 * 1024,
  bytesOfWorkspace: 256 * 1024 * 1024,
  bytes: 1024 * 1024 * 1024,
  /** How often a process looks for what nobody told it of. */
  lookMs: 5_000,
} as const;
