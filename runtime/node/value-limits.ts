/**
 * How large what a run carries may grow. Characters are UTF-16 units; of a value that is no text, those of the indented JSON it would be written
 * as. Large enough for a book, small enough for many runs at once.
 */
export const valueLimits = {
  /** Characters of one value at one port, and of one reply of a model. */
  characters: 4_000_000,
  /** Characters of all that the steps of one run give, together, and of all that the run answers. */
  runCharacters: 16_000_000,
  /** Characters of one input that a run's record keeps; it says how many it leaves out. The step has all of them. */
  recordedInputCharacters: 100_000,
} as const;

/** `4,000,000` */
export const inWords = (count: number): string => count.toLocaleString("en");
