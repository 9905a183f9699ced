import { z } from "zod";
import { type Encoding, encodings } from "../text-source/encodings";

/** none: every line is one cell. */
export const separators = [",", ";", "\t", "|", "none"] as const;
export type Separator = (typeof separators)[number];

export const tableOptionLimits = { tables: 200, titleRows: 50, headerRows: 3 } as const;

/** What a person corrects of how a table was taken. Whatever is left out is guessed. */
export const tableOptions = z.strictObject({
  encoding: z.enum(encodings as readonly [Encoding, ...Encoding[]]).optional(),
  separator: z.enum(separators).optional(),
  /** Which of several tables or sheets, from 0. */
  table: z
    .int()
    .min(0)
    .max(tableOptionLimits.tables - 1)
    .optional(),
  /** Rows above the header that belong to no column. */
  titleRows: z.int().min(0).max(tableOptionLimits.titleRows).optional(),
  /** Rows that name the columns; 0: none does. */
  headerRows: z.int().min(0).max(tableOptionLimits.headerRows).optional(),
  /** pairs: every row is a label and its value, and together they are one record. */
  layout: z.enum(["rows", "pairs"]).optional(),
});
export type TableOptions = z.output<typeof tableOptions>;
