import type { GridRow } from "../../table/grid";
import { shapeTable } from "../../table/shape-table";
import type { DocumentWriter } from "./document-writer";
import { parseLimits } from "./parse-limits";
import { writeTable } from "./write-table";

export interface CellPlace {
  readonly columns?: number;
  readonly rows?: number;
  /** The cell names a column, as `th` in the first rows does. */
  readonly isHead?: boolean;
}

const mostSpan = 1_000;
const fewRows = 4;
const span = (given: number | undefined): number =>
  given !== undefined && Number.isInteger(given) && given > 0 ? Math.min(given, mostSpan) : 1;

/** Collects the cells of a table in a document, each in all the rows and columns that it spans, and writes the table when it is whole. */
export class CellCollector {
  readonly #rows: string[][] = [];
  /** Of the open row, cells that a row above spans down into it, by their column. */
  readonly #hanging = new Map<number, { text: string; rows: number }>();
  #headerRows = 0;
  #open: string[] | undefined;
  #isHeadRow = true;
  #cell: { text: string; readonly place: CellPlace } | undefined;
  #caption: string | undefined;
  #inCaption = false;
  #kept = 0;

  /** What is written next stands above the table. */
  openCaption(): void {
    this.#inCaption = true;
    this.#caption = "";
  }

  openRow(): void {
    this.#inCaption = false;
    this.closeRow();
    this.#open = [];
    this.#isHeadRow = true;
  }

  openCell(place: CellPlace): void {
    if (!this.#open) this.openRow();
    this.closeCell();
    this.#cell = { text: "", place };
  }

  closeCell(): void {
    const cell = this.#cell;
    const row = this.#open;
    this.#cell = undefined;
    if (!cell || !row) return;
    this.#fillHanging(row);
    const text = cell.text.replace(/\s+/g, " ").trim();
    if (cell.place.isHead !== true && text !== "") this.#isHeadRow = false;
    const [columns, rows] = [span(cell.place.columns), span(cell.place.rows)];
    for (let more = 0; more < columns && row.length < parseLimits.tableColumns; more++) {
      if (rows > 1) this.#hanging.set(row.length, { text, rows });
      row.push(text);
    }
  }

  closeRow(): void {
    this.closeCell();
    const row = this.#open;
    if (!row) return;
    this.#open = undefined;
    this.#fillHanging(row);
    for (const [column, hanging] of this.#hanging) if (--hanging.rows === 0) this.#hanging.delete(column);
    if (this.#rows.length >= parseLimits.tableRows) return;
    if (this.#isHeadRow && row.some((text) => text !== "") && this.#headerRows === this.#rows.length)
      this.#headerRows++;
    this.#rows.push(row);
  }

  #fillHanging(row: string[]): void {
    for (let hanging = this.#hanging.get(row.length); hanging; hanging = this.#hanging.get(row.length)) {
      // Of the row that has it itself.
      if (row.length >= parseLimits.tableColumns) return;
      row.push(hanging.text);
    }
  }

  /** Text of the open cell, or of the caption. */
  write(text: string): void {
    if (this.#kept > parseLimits.characters) return;
    this.#kept += text.length;
    if (this.#inCaption) this.#caption += text;
    else if (this.#cell) this.#cell.text += text;
  }

  // A cell is one line, whatever it is made of.
  endLine(): void {
    this.write(" ");
  }

  endParagraph(): void {
    this.write(" ");
  }

  heading(title: string): void {
    this.write(` ${title} `);
  }

  get isAtLineStart(): boolean {
    return /(?:^|\s)$/.test(this.#cell?.text ?? "");
  }

  get length(): number {
    return this.#kept;
  }

  /** Writes what was collected; `headerRows` where the document itself tells how many rows name the columns. */
  finish(writer: DocumentWriter, headerRows = this.#headerRows): void {
    this.closeRow();
    const rows = this.#rows.map((cells, index): GridRow => ({ cells, line: index + 1 }));
    const isTold = headerRows > 0 && headerRows < rows.length && headerRows <= 3;
    writer.endParagraph();
    const caption = this.#caption?.replace(/\s+/g, " ").trim();
    if (caption) writer.paragraph(caption);
    const shaped = shapeTable({ rows }, isTold ? { headerRows, titleRows: 0 } : {});
    // A few rows that nothing tells names from stay rows, all of them.
    const isDoubted = shaped.isUnsure && shaped.rows.length < fewRows;
    writeTable(writer, isDoubted ? shapeTable({ rows }, { headerRows: 0 }) : shaped, { isBare: true });
  }
}
