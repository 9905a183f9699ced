/** What code of a step may take. */
export const codeLimits = {
  /** Characters of code. */
  code: 100_000,
  /** Characters of all inputs as JSON, and of what it gives. */
  values: 8_000_000,
  milliseconds: { least: 50, most: 60_000, initial: 5_000 },
  megabytes: { least: 4, most: 256, initial: 32 },
  /** What it prints: lines, and characters of one. */
  lines: 500,
  line: 4_000,
  /** How deep calls may nest, in bytes of its stack. */
  stackBytes: 512 * 1024,
  /** Characters of what is said of an error. */
  message: 2_000,
} as const;
