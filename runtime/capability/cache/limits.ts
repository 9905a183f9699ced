export const cacheLimits = {
  /** Characters of a question, once it is normalised. */
  question: 2_000,
  /** Answers of one step, of all that ask together. */
  entries: 10_000,
  /** Megabytes of one step, of all that ask together. */
  megabytes: 100,
  /** Bytes of one answer. */
  answerBytes: 1_000_000,
  /** Minutes for which an answer may be given: a year. */
  minutes: 525_600,
  /** Nearest questions that are looked at closer. */
  nearest: 8,
  /** How long a run waits, at most, for another one that answers the same question. */
  waitMs: 60_000,
  /** Runs that wait for the same one. */
  waiting: 1_000,
  /** Pairs of questions that say where the threshold lies. */
  pairs: 200,
  /** Terms that must agree, and characters of each. */
  terms: 200,
  term: 60,
} as const;
