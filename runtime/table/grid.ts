export interface GridRow {
  /** As a person sees them in the program that made them; a merged cell's value in each of its places. */
  readonly cells: readonly string[];
  /** Of the file, from 1, or the row of the sheet. */
  readonly line: number;
}

/** Rows of cells as they stand in a file, before it is known which of them name columns. */
export interface Grid {
  /** Of the sheet, or the title above the table. */
  readonly name?: string;
  readonly rows: readonly GridRow[];
  /** The file itself says how many of the first rows name the columns, as HTML, Markdown and JSON do. */
  readonly headerRows?: number;
}

/** What did not stop the reading of a table but may surprise, or must stop an import. */
export interface TableWarning {
  readonly code:
    | "broken-quotes"
    | "uneven-rows"
    | "table-cut"
    | "formula-not-computed"
    | "digits-lost"
    | "undecodable-bytes";
  /** English sentence. */
  readonly message: string;
  readonly line?: number;
}

export type WarnOfTable = (warning: TableWarning) => void;

/** Beyond them a reader leaves out and warns; importers refuse. Cells in UTF-16 code units. */
export interface GridLimits {
  readonly rows: number;
  readonly columns: number;
  readonly cellLength: number;
}

export const filled = (cell: string | undefined): boolean => cell !== undefined && cell.trim() !== "";

export const isBlankRow = ({ cells }: GridRow): boolean => !cells.some(filled);
