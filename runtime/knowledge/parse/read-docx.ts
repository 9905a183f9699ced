import type { DocumentWriter } from "./document-writer";
import { headingStyles } from "./docx-styles";
import { type Attributes, attribute, mainPart, readRelations, readXml, type XmlHandler } from "./read-xml";
import { WordTables } from "./word-tables";
import { openZip } from "./zip-file";

/** A Word document: headings by style or outline level, lists, tables whose rows name their columns, foot- and endnotes at the end. */
export async function readDocx(bytes: Uint8Array, writer: DocumentWriter): Promise<void> {
  const zip = await openZip(bytes);
  try {
    const main = await mainPart(zip, "word/document.xml");
    const relations = [...(await readRelations(zip, main)).values()];
    const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part;
    const levels = await headingStyles(zip, partOf("styles") ?? "word/styles.xml");
    await readXml(zip, main, new WordReader(writer, levels));
    for (const type of ["footnotes", "endnotes"]) {
      const notes = partOf(type);
      if (notes && zip.has(notes)) await readXml(zip, notes, new WordReader(writer, levels));
    }
    writer.endParagraph();
  } finally {
    zip.close();
  }
}

/** Deleted and moved text, field codes, and the copy of a drawing for programs that do not know it. */
const skipped = new Set(["del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "sectPr"]);

class WordReader implements XmlHandler {
  #skipping = 0;
  #inText = false;
  /** One for each open paragraph: a text box in one holds others. */
  readonly #paragraphs: { text: string; level: number | undefined; isListed: boolean }[] = [];
  readonly #tables: WordTables;

  constructor(
    private readonly writer: DocumentWriter,
    private readonly levels: ReadonlyMap<string, number>,
  ) {
    this.#tables = new WordTables(writer);
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (this.#skipping > 0 || skipped.has(name)) {
      this.#skipping++;
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    const value = attribute(attributes, "val");
    if (name === "p") this.#paragraphs.push({ text: "", level: undefined, isListed: false });
    else if (this.#tables.open(name, value) || !paragraph) return;
    else if (name === "t") this.#inText = true;
    else if (name === "pStyle" && value) paragraph.level = this.levels.get(value);
    else if (name === "outlineLvl" && value) paragraph.level = Number(value) < 9 ? Number(value) + 1 : undefined;
    else if (name === "numPr") paragraph.isListed = true;
    else if (name === "tab" || name === "ptab") paragraph.text += "\t";
    else if (name === "br" || name === "cr") paragraph.text += "\n";
    else if (name === "noBreakHyphen") paragraph.text += "-";
  };

  readonly text = (text: string): void => {
    const paragraph = this.#paragraphs.at(-1);
    if (this.#inText && this.#skipping === 0 && paragraph) paragraph.text += text;
  };

  readonly close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    if (name === "t") this.#inText = false;
    else if (name === "p") this.#endParagraph();
    else this.#tables.close(name);
  };

  #endParagraph(): void {
    const { text = "", level, isListed } = this.#paragraphs.pop() ?? {};
    const trimmed = text.trim();
    if (trimmed === "") return;
    if (this.#tables.isOpen) this.#tables.write(trimmed);
    else if (level !== undefined) this.writer.heading(trimmed, level);
    else if (isListed) {
      this.writer.endLine();
      this.writer.write(`- ${trimmed}`);
      this.writer.endLine();
    } else this.writer.paragraph(trimmed);
  }
}
