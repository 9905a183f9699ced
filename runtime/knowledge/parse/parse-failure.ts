export const parseFailureCodes = [
  "unsupported-type",
  "empty",
  "too-large",
  "too-many-pages",
  "zip-bomb",
  "encrypted",
  "not-a-pdf",
  "not-a-docx",
  "not-an-xlsx",
  "not-text",
  "broken",
  /** Every page is a picture, and no text was found in them or nobody was there to read them. */
  "no-text",
  "out-of-memory",
  "timeout",
  "cancelled",
] as const;
export type ParseFailureCode = (typeof parseFailureCodes)[number];

/** Why a file could not be read, and what the person who gave it can do. */
export interface ParseFailure {
  readonly code: ParseFailureCode;
  /** In English, one or two sentences, without anything of the file's content. */
  readonly message: string;
}

/** Thrown inside the parsers, which are several calls deep; `parseDocument` makes a value of it. */
export class ParseError extends Error {
  override readonly name = "ParseError";
  constructor(
    readonly code: ParseFailureCode,
    message: string,
  ) {
    super(message);
  }
}
