import { CellCollector } from "./cell-collector";
import type { DocumentWriter } from "./document-writer";

/** Of one table. */
const mostColumns = 500;

/** The tables of a Word document; one within a cell is told of in the cell, row by row. */
export class WordTables {
  #collector: CellCollector | undefined;
  #depth = 0;
  #headerRows = 0;
  #cell: { columns: number; isMergedDown: boolean; text: string } | undefined;
  /** Texts of the row above and of this one by their column: cells that are merged downwards repeat them. */
  #above: string[] = [];
  #row: string[] = [];
  #isFirstInner = true;

  constructor(private readonly writer: DocumentWriter) {}

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Takes an element that has to do with tables; false for all others. */
  open(name: string, value: string | undefined): boolean {
    switch (name) {
      case "tbl":
        if (this.#depth++ === 0) this.#begin();
        return true;
      case "tr":
        if (this.#depth > 1) this.#inner("; ");
        else {
          this.#above = this.#row;
          this.#row = [];
          this.#collector?.openRow();
        }
        this.#isFirstInner = true;
        return true;
      case "tc":
        if (this.#depth > 1) this.#inner(this.#isFirstInner ? "" : " | ");
        else this.#cell = { columns: 1, isMergedDown: false, text: "" };
        this.#isFirstInner = false;
        return true;
      case "gridSpan":
        if (this.#cell && this.#depth === 1) this.#cell.columns = Number(value);
        return true;
      case "vMerge":
        if (this.#cell && this.#depth === 1) this.#cell.isMergedDown = value !== "restart";
        return true;
      case "tblHeader":
        if (this.#depth === 1 && value !== "0" && value !== "false") this.#headerRows++;
        return true;
      default:
        return false;
    }
  }

  /** A paragraph in the open cell. */
  write(paragraph: string): void {
    if (!this.#cell) return;
    const { text } = this.#cell;
    this.#cell.text += text === "" || /\s$/.test(text) ? paragraph : ` ${paragraph}`;
  }

  close(name: string): void {
    if (name === "tbl" && this.#depth > 0 && --this.#depth === 0) {
      this.#collector?.finish(this.writer, this.#headerRows);
      this.#collector = undefined;
    } else if (this.#depth === 1 && name === "tr") this.#collector?.closeRow();
    else if (this.#depth === 1 && name === "tc") this.#closeCell();
  }

  #begin(): void {
    this.#collector = new CellCollector();
    this.#headerRows = 0;
    this.#above = [];
    this.#row = [];
  }

  #inner(mark: string): void {
    if (this.#cell && this.#cell.text !== "") this.#cell.text += mark;
  }

  #closeCell(): void {
    const { columns = 1, isMergedDown = false, text: own = "" } = this.#cell ?? {};
    this.#cell = undefined;
    const text = isMergedDown && own === "" ? (this.#above[this.#row.length] ?? "") : own;
    const wide = Number.isInteger(columns) && columns > 0 ? Math.min(columns, mostColumns) : 1;
    for (let more = 0; more < wide; more++) this.#row.push(text);
    this.#collector?.openCell({ columns: wide });
    this.#collector?.write(text);
    this.#collector?.closeCell();
  }
}
