import { columnLetters, columnNames } from "../../table/column-names";
import { filled } from "../../table/grid";
import { cleanLine } from "./clean-text";
import type { DocumentWriter } from "./document-writer";
import { parseLimits } from "./parse-limits";
import type { TableRow } from "./parsed-document";

export interface TableWriterOptions {
  /** Of the sheet. */
  readonly name?: string | undefined;
  /** Names of the columns; left out, the first row has them. */
  readonly columns?: readonly string[];
  /** Whether a row with fewer cells than the header is odd, or has only empty ones at its end. */
  readonly hasFullRows?: boolean | undefined;
  /** The columns have no names: bars stand between the cells, and nothing before them. */
  readonly isBare?: boolean;
  /** The columns' names are letters that nobody wrote, so no row is uneven. */
  readonly isUnnamed?: boolean;
}

/**
 * Writes a table as one line a row, in which every cell stands behind its column's name: "Name: Lamp | Price: 12". A row means
 * something by itself then, wherever the text is cut.
 */
export class TableWriter {
  #columns: readonly string[] | undefined;
  readonly #rows: TableRow[] = [];
  #line = 0;

  constructor(
    private readonly writer: DocumentWriter,
    private readonly options: TableWriterOptions = {},
  ) {
    this.#columns = options.columns?.map(cleanLine);
  }

  /** False when the table is full and the rest need not be read. */
  row(cells: readonly string[], line = this.#line + 1): boolean {
    this.#line = line;
    const values = cells
      .slice(0, parseLimits.tableColumns)
      .map((cell) => cleanLine(cell.slice(0, parseLimits.cellLength)));
    if (cells.length > values.length) {
      this.writer.warn("table-cut", `Columns after the first ${parseLimits.tableColumns} were left out.`, { line });
    }
    if (!values.some(filled)) return true;
    if (!this.#columns) {
      this.#columns = columnNames(values, values.length);
      return true;
    }
    if (this.#rows.length >= parseLimits.tableRows) {
      this.writer.warn("table-cut", `Rows after the first ${parseLimits.tableRows} were left out.`, { line });
      return false;
    }
    this.#write(values, line, this.#columns);
    return true;
  }

  #write(values: string[], line: number, columns: readonly string[]): void {
    while (values.length > columns.length && values.at(-1) === "") values.pop();
    const isShort = this.options.hasFullRows === true && values.length < columns.length;
    if (!this.options.isUnnamed && (values.length > columns.length || isShort)) {
      this.writer.warn("uneven-rows", "Some rows have more or fewer cells than the header.", { line });
    }
    let names = columns;
    // A cell beyond the header keeps a column of its own.
    if (values.length > columns.length) {
      names = [...columns, ...values.slice(columns.length).map((_, more) => columnLetters(columns.length + more))];
      this.#columns = names;
    }
    this.writer.endLine();
    const start = this.writer.length;
    const { isBare } = this.options;
    const written = isBare
      ? values
      : values.flatMap((value, place) => (value === "" ? [] : [`${names[place]}: ${value}`]));
    this.writer.write(written.join(" | "));
    this.#rows.push({ start, end: this.writer.length, values });
    this.writer.endLine();
  }

  finish(): void {
    const { name, isBare } = this.options;
    if (this.#columns && this.#rows.length > 0 && !isBare) {
      this.writer.table({ ...(name === undefined ? {} : { name }), columns: this.#columns, rows: this.#rows });
    }
    this.writer.endParagraph();
  }
}
