import type { DocumentReading } from "./read-as";

/** Where a part of a document begins in its text. */
export type OutlineEntry =
  | { readonly kind: "page"; readonly page: number; readonly start: number }
  | {
      readonly kind: "heading";
      readonly title: string;
      /** 1 is the outermost. */
      readonly level: number;
      readonly page?: number;
      readonly start: number;
    };

/** One record of a table. Its range covers a line of the text that names every column: "Name: Lamp | Price: 12". */
export interface TableRow {
  readonly start: number;
  readonly end: number;
  /** In the order of the table's columns; empty where the cell is. */
  readonly values: readonly string[];
}

export interface Table {
  /** Of the sheet; absent for a file that is one table. */
  readonly name?: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export const warningCodes = [
  /** The file's content is of another type than its name says; it was read as what it is. */
  "type-differs",
  /** Some bytes could not be decoded and were replaced. */
  "undecodable-bytes",
  /** The bytes may as well be of another encoding. */
  "encoding-unsure",
  /** Nothing tells whether the first row names the columns. */
  "header-unsure",
  /** Formulas that no spreadsheet program has computed stand as they are written. */
  "formula-not-computed",
  /** A table's quotes do not match; the lines from there on were read without them. */
  "broken-quotes",
  /** A row has more or fewer cells than the header. */
  "uneven-rows",
  /** Rows or columns beyond the bound were left out. */
  "table-cut",
  /** A page is a picture and nobody was there to read it, or it could not be read. */
  "page-not-read",
  /** A part of the file is damaged and was left out. */
  "part-left-out",
  /** A file, an object of another program, a text box, a chart or comments stand in the document and were left out. */
  "embedded-left-out",
  /** Text that nobody can see, such as white on white or beyond the page's edge, was left out. */
  "text-unseen",
  /** Text that its author has struck out was left out. */
  "text-struck",
  /** A large picture stands beside the text, and what is written in it was not read. */
  "picture-not-read",
  /** The file is a form that only its maker's program shows; what it holds was not read. */
  "form-not-read",
] as const;
export type WarningCode = (typeof warningCodes)[number];

/** What did not stop the reading but may surprise. One for each code: `count` says how often, `page` or `line` where first, `pages` on which, up to the first 20. */
export interface ParseWarning {
  readonly code: WarningCode;
  /** In English; screens show a text of their own for the code. */
  readonly message: string;
  readonly count: number;
  readonly page?: number;
  readonly pages?: readonly number[];
  readonly line?: number;
}

/** A document as plain text. Every position is in UTF-16 code units of `text`. */
export interface ParsedDocument {
  /** Lines end with "\n"; paragraphs are parted by an empty line. Without control characters and lone surrogates. */
  readonly text: string;
  /** By `start`, ascending; a page before the heading that opens it. */
  readonly outline: readonly OutlineEntry[];
  /** By the start of their rows, which do not overlap. */
  readonly tables?: readonly Table[];
  /** As far as the file or its writing system tells: "en", "zh", "ja", … */
  readonly language?: string;
  /** What the file says about itself before its text, such as a title, an author and tags; at most 20 entries. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly warnings: readonly ParseWarning[];
  /** How the file was taken, where there was something to guess. */
  readonly reading?: DocumentReading;
}
