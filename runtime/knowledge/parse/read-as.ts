import { z } from "zod";
import { type Separator, tableOptionLimits, tableOptions } from "../../table/table-options";
import type { TableFormat } from "../../table/table-reading";
import type { EncodingGuess } from "../../text-source/encoding-guess";

const correction = tableOptions.pick({ titleRows: true, headerRows: true, layout: true });

/** What a person corrects of how a document was taken; what is left out is guessed. */
export const readAs = tableOptions.pick({ encoding: true, separator: true }).extend({
  /** By the place of the table in the document, from 0. */
  tables: z.record(z.string().regex(/^\d{1,3}$/), correction).optional(),
});
export type ReadAs = z.output<typeof readAs>;

/** How a document was taken, to be shown, and corrected where the guess is wrong. */
export interface DocumentReading {
  /** Of a text. */
  readonly encoding?: EncodingGuess;
  /** Of a CSV file. */
  readonly separator?: Separator;
  readonly format?: TableFormat;
  /** Of CSV and Excel files, in their order. */
  readonly tables?: readonly TableShape[];
}

export interface TableShape {
  readonly name?: string;
  readonly layout: "rows" | "pairs";
  readonly titleRows: number;
  readonly headerRows: number;
  readonly isUnsure: boolean;
  readonly columns: readonly string[];
  readonly rowCount: number;
}

/** Tables whose shape is told of; a sheet may hold many. */
export const shownTables = tableOptionLimits.tables;
