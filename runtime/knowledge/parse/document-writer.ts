import { cleanLine, cleanText } from "./clean-text";
import { ParseError } from "./parse-failure";
import { type ParseLimits, parseLimits } from "./parse-limits";
import type { OutlineEntry, ParsedDocument, ParseWarning, Table, WarningCode } from "./parsed-document";
import type { DocumentReading, ReadAs } from "./read-as";

/** Of those that a warning names. */
const mostPages = 20;

/** Puts a parsed document together, keeps its bounds, and knows where everything stands. */
export class DocumentWriter {
  readonly #parts: string[] = [];
  readonly #outline: OutlineEntry[] = [];
  readonly #tables: Table[] = [];
  readonly #warnings = new Map<WarningCode, ParseWarning>();
  #length = 0;
  #page: number | undefined;
  /** Line ends that the text closes with: 0, 1 or 2, which stands for a paragraph's end. */
  #ends = 2;

  #reading: DocumentReading = {};
  #metadata: Readonly<Record<string, string>> = {};

  constructor(
    private readonly limits: ParseLimits = parseLimits,
    /** What was corrected of how the file is taken. */
    readonly readAs: ReadAs = {},
  ) {}

  get length(): number {
    return this.#length;
  }

  get isAtLineStart(): boolean {
    return this.#ends > 0;
  }

  /** Adds to the line that is open. */
  write(text: string): void {
    this.#add(cleanText(text));
  }

  /** The next text begins a new line. */
  endLine(): void {
    if (this.#ends === 0) this.#add("\n");
  }

  /** The next text begins a new paragraph. */
  endParagraph(): void {
    if (this.#ends < 2) this.#add(this.#ends === 0 ? "\n\n" : "\n");
  }

  paragraph(text: string): void {
    this.endParagraph();
    this.write(text.trim());
    this.endParagraph();
  }

  /** From here on the text is on this page. Text may run on over the page's end. */
  page(page: number): void {
    this.#page = page;
    this.#outline.push({ kind: "page", page, start: this.#length });
  }

  /** Notes that the text written next is a heading. */
  markHeading(title: string, level: number, start = this.#length): void {
    const shown = cleanLine(title).slice(0, this.limits.headingLength);
    if (shown === "" || this.#outline.length >= this.limits.outlineEntries) return;
    const page = this.#page === undefined ? {} : { page: this.#page };
    this.#outline.push({ kind: "heading", title: shown.replace(/[\ud800-\udbff]$/, ""), level, ...page, start });
  }

  heading(title: string, level: number): void {
    const line = cleanLine(title);
    if (line === "") return;
    this.endParagraph();
    this.markHeading(line, level);
    this.#add(line);
    this.endParagraph();
  }

  table(table: Table): void {
    this.#tables.push(table);
  }

  warn(code: WarningCode, message: string, where: { readonly page?: number; readonly line?: number } = {}): void {
    const before = this.#warnings.get(code);
    const pages = [...new Set([...(before?.pages ?? []), ...(where.page === undefined ? [] : [where.page])])];
    const named = pages.length > 0 ? { pages: pages.slice(0, mostPages) } : {};
    this.#warnings.set(
      code,
      before ? { ...before, ...named, count: before.count + 1 } : { code, message, count: 1, ...where, ...named },
    );
  }

  /** Notes how the file was taken. */
  note(reading: DocumentReading): void {
    this.#reading = { ...this.#reading, ...reading };
  }

  /** Notes what the file says about itself. */
  describe(metadata: Readonly<Record<string, string>>): void {
    this.#metadata = { ...this.#metadata, ...metadata };
  }

  finish(): ParsedDocument {
    return {
      text: this.#parts.join(""),
      outline: this.#outline,
      ...(this.#tables.length > 0 ? { tables: this.#tables } : {}),
      ...(Object.keys(this.#metadata).length > 0 ? { metadata: this.#metadata } : {}),
      warnings: [...this.#warnings.values()],
      reading: this.#reading,
    };
  }

  #add(text: string): void {
    if (text === "") return;
    this.#length += text.length;
    if (this.#length > this.limits.characters) {
      throw new ParseError(
        "too-large",
        `The file holds more than ${this.limits.characters} characters of text. Split it into several files.`,
      );
    }
    this.#parts.push(text);
    const bare = text.replace(/(?<!\n)\n+$/, "");
    const ends = text.length - bare.length;
    this.#ends = Math.min(2, bare === "" ? this.#ends + ends : ends);
  }
}
