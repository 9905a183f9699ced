const MB = 1_000_000;

/** Beyond each of them a file is refused, or a warning tells what was left out. */
export const parseLimits = {
  bytes: 100 * MB,
  pages: 2_000,
  /** Of the plain text. */
  characters: 20 * MB,
  outlineEntries: 20_000,
  headingLength: 200,
  tableRows: 200_000,
  tableColumns: 500,
  cellLength: 32_767,
  /** Of one part of a .docx or .xlsx file, and of all parts that are read. */
  partBytes: 200 * MB,
  partsBytes: 300 * MB,
  zipEntries: 10_000,
} as const;

export type ParseLimits = { readonly [Name in keyof typeof parseLimits]: number };
