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
  passwordAttempts: 10,
  linkAttempts: 20,
  requests: 100,
} as const;
