/** Bounds of a comparison in the editor: what a person can read side by side. More is an experiment. */
export const compareLimits = {
  cases: 10,
  leastColumns: 2,
  mostColumns: 4,
  /** Runs at once. Each is watched over a connection of its own, and a browser opens six to one server over HTTP/1.1. */
  atOnce: 3,
} as const;
