import { cleanLine } from "./clean-text";
import type { DocumentWriter } from "./document-writer";
import { type ParseLimits, parseLimits } from "./parse-limits";
import type { TableRow } from "./parsed-document";

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
    private readonly name?: string,
    /** Whether a row with fewer cells than the header is odd, or has only empty ones at its end. */
    private readonly hasFullRows = false,
    private readonly limits: ParseLimits = parseLimits,
  ) {}

  /** False when the table is full and the rest need not be read. The first row that is not empty names the columns. */
  row(cells: readonly string[], line = this.#line + 1): boolean {
    this.#line = line;
    const values = cells
      .slice(0, this.limits.tableColumns)
      .map((cell) => cleanLine(cell.slice(0, this.limits.cellLength)));
    if (cells.length > values.length) {
      this.writer.warn("table-cut", `Columns after the first ${this.limits.tableColumns} were left out.`, { line });
    }
    if (values.every((value) => value === "")) return true;
    if (!this.#columns) {
      this.#columns = columnNames(values);
      if (isHeader(values)) return true;
    }
    if (this.#rows.length >= this.limits.tableRows) {
      this.writer.warn("table-cut", `Rows after the first ${this.limits.tableRows} were left out.`, { line });
      return false;
    }
    this.#write(values, line);
    return true;
  }

  #write(values: string[], line: number): void {
    const columns = this.#columns ?? [];
    while (values.length > columns.length && values.at(-1) === "") values.pop();
    if (values.length > columns.length || (this.hasFullRows && values.length < columns.length)) {
      this.writer.warn("uneven-rows", "Some rows have more or fewer cells than the header.", { line });
    }
    // A cell beyond the header keeps a column of its own.
    if (values.length > columns.length) {
      this.#columns = [...columns, ...values.slice(columns.length).map((_, more) => letters(columns.length + more))];
    }
    this.writer.endLine();
    const start = this.writer.length;
    const cells = values.flatMap((value, index) => (value === "" ? [] : [`${this.#columns?.[index]}: ${value}`]));
    this.writer.write(cells.join(" | "));
    this.#rows.push({ start, end: this.writer.length, values });
    this.writer.endLine();
  }

  finish(): void {
    if (this.#columns && this.#rows.length > 0) {
      const name = this.name === undefined ? {} : { name: this.name };
      this.writer.table({ ...name, columns: this.#columns, rows: this.#rows });
    }
    this.writer.endParagraph();
  }
}

/** A first row with a number in it is a record, not a header. */
const isHeader = (values: readonly string[]): boolean =>
  !values.some((value) => value !== "" && Number.isFinite(Number(value.replaceAll(",", "").replace(/%$/, ""))));

/** Unique, and never empty; a table without a header has columns A, B, C, … */
function columnNames(values: readonly string[]): string[] {
  const named = isHeader(values);
  const seen = new Map<string, number>();
  return values.map((value, index) => {
    const name = (named && value.slice(0, 100)) || letters(index);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** As spreadsheets count columns: A … Z, AA, AB, … */
const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
