/** Bounds of signing in. */
export const authLimits = {
  passwordMin: 10,
  passwordMax: 128,
  emailMax: 254,
  nameMax: 80,
  bodyBytes: 4096,
  /** A printed link works once, for a quarter of an hour. */
  linkSeconds: 15 * 60,
  sessionSeconds: 30 * 24 * 60 * 60,
  sessionRenewSeconds: 24 * 60 * 60,
  /** Within one window, over all callers. */
  windowSeconds: 60,
  linkAttempts: 20,
  requests: 100,
  /** Wrong passwords of one address for one account, and for all accounts, before it has to wait. */
  wrongPasswords: 5,
  wrongPasswordsOfAll: 50,
  /** The first wait; each wrong one after it doubles the next. */
  firstWaitMs: 15_000,
  longestWaitMs: 60 * 60_000,
  /** Who has not guessed for so long begins anew. */
  guessesKeptMs: 24 * 60 * 60_000,
  recoveryCodes: 10,
  /** Passwords that are checked at the same moment, over all callers: each takes a core for a tenth of a second. */
  checksAtOnce: 8,
} as const;
