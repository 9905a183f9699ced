import type { DocumentWriter } from "./document-writer";
import { WordFields } from "./docx-fields";
import type { ListPlace, Numbering } from "./docx-numbering";
import { isOn, type WordStyle } from "./docx-styles";
import { formatNumber } from "./list-numbers";
import { type MathNode, mathNode, mathText } from "./math-text";
import { lower, raise, settleRaised } from "./raised-marks";
import { type Attributes, attribute, type XmlHandler } from "./read-xml";
import { isSymbolFont, symbolSign, symbolText } from "./symbol-fonts";
import { WordTables } from "./word-tables";

/** What a part of a Word document refers to in others. */
export interface WordContext {
  readonly styles: ReadonlyMap<string, WordStyle>;
  readonly numbering: Numbering;
  /** Texts of notes by their ids; counted in the order in which the text refers to them. */
  readonly footnotes: ReadonlyMap<string, string>;
  readonly endnotes: ReadonlyMap<string, string>;
  readonly comments: ReadonlyMap<string, string>;
  /** What charts and diagrams say, by the ids of their relations. */
  readonly drawings: ReadonlyMap<string, string>;
}

interface Paragraph {
  text: string;
  level: number | undefined;
  style: string | undefined;
  list: ListPlace | undefined;
  isListed: boolean;
  hasGround: boolean;
  /** What stands below it: notes and comments, charts. */
  readonly below: string[];
}

interface Run {
  isHidden: boolean;
  isStruck: boolean;
  place: string | undefined;
  font: string | undefined;
  isWhite: boolean;
  isTiny: boolean;
  hasGround: boolean;
}

/** Deleted and moved text, reading aids above signs, and the copy of a drawing for programs that do not know it. */
const skipped = new Set([
  "del",
  "moveFrom",
  "delText",
  "delInstrText",
  "Fallback",
  "sectPr",
  "rt",
  "tblPrEx",
  "pPrChange",
  "rPrChange",
]);
/** In English Metric Units: 6 by 4 centimetres. */
const largePicture = 360_000 * 360_000 * 24;

export class WordReader implements XmlHandler {
  #skipping = 0;
  #inText = false;
  #inInstruction = false;
  #inParagraphProperties = false;
  #run: Run | undefined;
  #math: MathNode[] = [];
  #area = 0;
  readonly #fields = new WordFields();
  /** Of each open content control, whether it shows only what to fill in. */
  readonly #controls: boolean[] = [];
  /** One for each open paragraph: a text box in one holds others. */
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: WordTables;
  /** What stands below a table's cells is written when the table is whole. */
  #belowTable: string[] = [];
  #footnotes = 0;
  #endnotes = 0;

  constructor(
    private readonly writer: DocumentWriter,
    private readonly context: WordContext,
  ) {
    this.#tables = new WordTables(writer);
  }

  readonly open = (name: string, attributes: Attributes): void => {
    if (this.#skipping > 0 || this.#isSkipped(name, attributes)) {
      this.#skipping++;
      return;
    }
    if (this.#math.length > 0 || name === "oMath") {
      this.#math.push(mathNode(name, attributes));
      return;
    }
    this.#warnOfEmbedded(name);
    const value = attribute(attributes, "val");
    const paragraph = this.#paragraphs.at(-1);
    if (name === "p") this.#openParagraph();
    else if (name === "sdt") this.#controls.push(false);
    else if (name === "showingPlcHdr" && this.#controls.length > 0)
      this.#controls[this.#controls.length - 1] = isOn(value);
    else if (this.#tables.open(name, value) || !paragraph) return;
    else if (this.#inParagraphProperties) this.#paragraphProperty(paragraph, name, value);
    else if (name === "pPr") this.#inParagraphProperties = true;
    else if (name === "r") this.#run = { ...plainRun };
    else if (this.#run && this.#runProperty(this.#run, name, value, attributes)) return;
    else this.#content(paragraph, name, attributes);
  };

  readonly text = (text: string): void => {
    if (this.#skipping > 0) return;
    const node = this.#math.at(-1);
    if (node) {
      if (node.name === "t") node.text += text;
    } else if (this.#inInstruction) this.#fields.instruct(text);
    else if (this.#inText) this.#append(text);
  };

  readonly close = (name: string): void => {
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    if (this.#math.length > 0) {
      this.#closeMath();
      return;
    }
    if (name === "t") this.#inText = false;
    else if (name === "instrText") this.#inInstruction = false;
    else if (name === "pPr") this.#inParagraphProperties = false;
    else if (name === "r") this.#run = undefined;
    else if (name === "sdt") this.#controls.pop();
    else if (name === "p") this.#endParagraph();
    else {
      this.#tables.close(name);
      if (!this.#tables.isOpen) for (const line of this.#belowTable.splice(0)) this.writer.paragraph(line);
    }
  };

  /** What stands in a file of its own within the document. */
  #warnOfEmbedded(name: string): void {
    if (name === "altChunk")
      this.writer.warn("embedded-left-out", "A document of another format is set into this one and was left out.");
    if (name === "OLEObject")
      this.writer.warn("embedded-left-out", "A file or an object of another program is set in and was left out.");
  }

  #isSkipped(name: string, attributes: Attributes): boolean {
    if (skipped.has(name)) return true;
    if (name === "sdtContent") return this.#controls.at(-1) === true;
    if (name === "fldSimple") return WordFields.isOfPaper(attribute(attributes, "instr"));
    return false;
  }

  #openParagraph(): void {
    this.#paragraphs.push({
      text: "",
      level: undefined,
      style: undefined,
      list: undefined,
      isListed: false,
      hasGround: false,
      below: [],
    });
    this.#inParagraphProperties = false;
    this.#run = undefined;
  }

  #paragraphProperty(paragraph: Paragraph, name: string, value: string | undefined): void {
    if (name === "pStyle" && value) {
      const style = this.context.styles.get(value);
      paragraph.style = value;
      paragraph.level = style?.level;
      paragraph.list ??= style?.list;
      paragraph.hasGround ||= style?.hasGround === true;
    } else if (name === "outlineLvl" && value) paragraph.level = Number(value) < 9 ? Number(value) + 1 : undefined;
    else if (name === "numPr") paragraph.isListed = true;
    else if (name === "numId")
      paragraph.list = value === "0" ? undefined : { list: value ?? "", level: paragraph.list?.level };
    else if (name === "ilvl") paragraph.list = { list: paragraph.list?.list ?? "", level: Number(value) || 0 };
    else if (name === "shd") paragraph.hasGround = true;
    if (name === "numId" && value === "0") paragraph.isListed = false;
  }

  #runProperty(run: Run, name: string, value: string | undefined, attributes: Attributes): boolean {
    switch (name) {
      case "rStyle": {
        const style = this.context.styles.get(value ?? "");
        run.isHidden ||= style?.isHidden === true;
        run.isStruck ||= style?.isStruck === true;
        run.font ??= style?.font;
        return true;
      }
      case "vanish":
        run.isHidden = isOn(value);
        return true;
      case "strike":
      case "dstrike":
        run.isStruck = isOn(value);
        return true;
      case "vertAlign":
        run.place = value;
        return true;
      case "position":
        // Half points by which a sign is raised, as some programs write it.
        if (Math.abs(Number(value)) >= 4) run.place ??= Number(value) > 0 ? "superscript" : "subscript";
        return true;
      case "rFonts":
        run.font = attribute(attributes, "ascii") ?? run.font;
        return true;
      case "color":
        run.isWhite = /^(?:ffffff|white)$/i.test(value ?? "");
        return true;
      case "sz":
        run.isTiny = Number(value) > 0 && Number(value) <= 2;
        return true;
      case "shd":
      case "highlight":
        run.hasGround = true;
        return true;
      default:
        return false;
    }
  }

  #content(paragraph: Paragraph, name: string, attributes: Attributes): void {
    switch (name) {
      case "t":
        this.#inText = true;
        break;
      case "instrText":
        this.#inInstruction = true;
        break;
      case "fldChar":
        this.#fields.mark(attribute(attributes, "fldCharType"));
        break;
      case "checkBox":
        paragraph.text += "[ ]";
        break;
      case "default":
      case "checked":
        // Of the box just before: what it begins with, and then what was made of it.
        if (/^\[[ x]\]$/.test(paragraph.text.slice(-3))) {
          paragraph.text = paragraph.text.slice(0, -3) + (isOn(attribute(attributes, "val")) ? "[x]" : "[ ]");
        }
        break;
      case "tab":
      case "ptab":
        this.#append("\t");
        break;
      case "br":
      case "cr":
        this.#append("\n");
        break;
      case "noBreakHyphen":
        this.#append("-");
        break;
      case "sym": {
        const code = Number.parseInt(attribute(attributes, "char") ?? "", 16);
        this.#append(Number.isFinite(code) ? symbolSign(attribute(attributes, "font") ?? "", code) : "");
        break;
      }
      case "footnoteReference":
        this.#refer(paragraph, this.context.footnotes.get(attribute(attributes, "id") ?? ""), () =>
          String(++this.#footnotes),
        );
        break;
      case "endnoteReference":
        this.#refer(paragraph, this.context.endnotes.get(attribute(attributes, "id") ?? ""), () =>
          roman(++this.#endnotes),
        );
        break;
      case "commentReference": {
        const comment = this.context.comments.get(attribute(attributes, "id") ?? "");
        if (comment) paragraph.below.push(comment);
        break;
      }
      case "extent":
        this.#area = Number(attribute(attributes, "cx")) * Number(attribute(attributes, "cy")) || 0;
        break;
      case "docPr":
        this.#picture(paragraph, attribute(attributes, "descr") || attribute(attributes, "title"));
        break;
      case "shape":
        this.#alternative(paragraph, attribute(attributes, "alt"));
        break;
      case "blip":
        if (this.#area >= largePicture) {
          this.writer.warn(
            "picture-not-read",
            "A large picture stands in the text; what is written in it was not read.",
          );
        }
        this.#area = 0;
        break;
      case "chart":
      case "relIds": {
        const said = this.context.drawings.get(attribute(attributes, name === "chart" ? "id" : "dm") ?? "");
        if (said) paragraph.below.push(said);
        break;
      }
      default:
    }
  }

  #refer(paragraph: Paragraph, note: string | undefined, number: () => string): void {
    if (note === undefined) return;
    const mark = number();
    paragraph.text += `[${mark}]`;
    paragraph.below.push(`[${mark}] ${note}`);
  }

  #picture(paragraph: Paragraph, description: string | undefined): void {
    if (this.#alternative(paragraph, description)) this.#area = 0;
  }

  /** What a picture shows, where its author has said so; Word's own guesses say that they are. */
  #alternative(paragraph: Paragraph, description: string | undefined): boolean {
    const said = description
      ?.slice(0, 2000)
      .replace(/(?<!\s)\s*Description automatically generated[\s\S]*/, "")
      .trim();
    if (!said || /^\S+\.(?:png|jpe?g|gif|bmp|svg|emf|wmf|tiff?)$/i.test(said)) return false;
    paragraph.text += `[${said}]`;
    return true;
  }

  #append(text: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph || text === "" || this.#fields.isLeftOut) return;
    const run = this.#run ?? plainRun;
    const isUnseen =
      run.isHidden ||
      run.isTiny ||
      (run.isWhite && !run.hasGround && !paragraph.hasGround && !this.#tables.isOpen && this.#paragraphs.length === 1);
    if (isUnseen || run.isStruck) {
      if (text.trim() === "") return;
      if (isUnseen) this.writer.warn("text-unseen", "Hidden text was left out.");
      else this.writer.warn("text-struck", "Struck-out text was left out.");
      return;
    }
    const shown = isSymbolFont(run.font) && /^[\uf020-\uf0ff\s]+$/.test(text) ? symbolText(run.font ?? "", text) : text;
    if (run.place === "superscript") paragraph.text = raise(paragraph.text, shown, false);
    else if (run.place === "subscript") paragraph.text = lower(paragraph.text, shown);
    else paragraph.text += shown;
  }

  #closeMath(): void {
    const node = this.#math.pop();
    const outer = this.#math.at(-1);
    if (!node) return;
    if (outer) {
      outer.children.push(node);
      return;
    }
    this.#append(mathText(node));
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    this.#run = undefined;
    if (!paragraph) return;
    const { level, list, style, isListed, below } = paragraph;
    const text = settleRaised(paragraph.text, new Set()).trim();
    // An empty line of a list has no number.
    const mark = list && text !== "" ? this.context.numbering.next(list, style) : undefined;
    const bullet = isListed && mark === undefined ? "-" : mark;
    const line = bullet ? `${bullet} ${text}` : text;
    if (text === "" && below.length === 0) return;
    if (this.#tables.isOpen) {
      if (line !== "") this.#tables.write(line);
      this.#belowTable.push(...below);
    } else if (level !== undefined && text !== "") {
      this.writer.heading(mark && mark !== "-" ? line : text, level);
      for (const note of below) this.writer.paragraph(note);
    } else if (bullet) {
      this.writer.endLine();
      this.writer.write([line, ...below].join("\n"));
      this.writer.endLine();
    } else this.writer.paragraph([line, ...below].filter((part) => part !== "").join("\n"));
  }
}

const plainRun: Run = {
  isHidden: false,
  isStruck: false,
  place: undefined,
  font: undefined,
  isWhite: false,
  isTiny: false,
  hasGround: false,
};

const roman = (value: number): string => formatNumber(value, "lowerRoman");
