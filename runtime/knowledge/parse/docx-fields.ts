/** Fields whose result is a page's number: it is of the paper, not of the text. */
const ofPaper = /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b/i;

/** Follows the fields of a Word document, which may stand in each other: an instruction, and then what it gave. */
export class WordFields {
  readonly #open: { instruction: string; isResult: boolean; box: string | undefined }[] = [];

  /** Whether what is read now is an instruction, or a result that is left out. */
  get isLeftOut(): boolean {
    return this.#open.some(({ isResult, instruction }) => !isResult || ofPaper.test(instruction));
  }

  static isOfPaper(instruction: string | undefined): boolean {
    return ofPaper.test(instruction ?? "");
  }

  mark(kind: string | undefined): void {
    const field = this.#open.at(-1);
    if (kind === "begin") {
      if (this.#open.length < 50) this.#open.push({ instruction: "", isResult: false, box: undefined });
    } else if (kind === "separate" && field) field.isResult = true;
    else if (kind === "end") this.#open.pop();
  }

  instruct(text: string): void {
    const field = this.#open.at(-1);
    if (field && !field.isResult && field.instruction.length < 500) field.instruction += text;
  }
}
