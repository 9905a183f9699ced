import { Parser } from "htmlparser2";
import { CellCollector } from "./cell-collector";
import { dataTables } from "./data-tables";
import type { DocumentWriter } from "./document-writer";
import { ParseError } from "./parse-failure";
import { readable } from "./read-text";

/** What a reader of the page does not read. */
const skipped = new Set(
  "script style noscript template svg math iframe object canvas video audio nav footer button select textarea dialog".split(
    " ",
  ),
);
const blocks = new Set(
  `address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form header hgroup hr
   legend li main ol p pre section summary table tbody tfoot thead tr ul`.split(/\s+/),
);
const paragraphs = new Set("p blockquote ul ol dl table pre figure section article details".split(" "));
/** A page with unclosed tags may nest by hundreds; the parser takes quadratic time for more. */
const depthLimit = 5000;
const pieceLength = 65_536;

/** The text of a page: headings, paragraphs, lists, tables whose rows name their columns; of its `main` part only, where it has one. */
export function readHtml(bytes: Uint8Array, writer: DocumentWriter): void {
  const html = readable(bytes, writer, declaredEncoding(bytes)).text;
  const tables = /<table[\s>]/i.test(html) ? dataTables(html) : new Set<number>();
  if (/<main[\s>]/i.test(html)) read(html, new HtmlReader(writer, true, tables));
  if (writer.length === 0) read(html, new HtmlReader(writer, false, tables));
}

function read(html: string, reader: HtmlReader): void {
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  // In pieces, so that the parser's own buffers stay small; none ends with half of a sign.
  for (let at = 0, end = 0; at < html.length; at = end) {
    end = at + pieceLength;
    if (/[\ud800-\udbff]/.test(html.charAt(end - 1))) end++;
    parser.write(html.slice(at, end));
  }
  parser.end();
  reader.finish();
}

const declaredEncoding = (bytes: Uint8Array): string | undefined =>
  /(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 2048)).toString("latin1"))?.[1];

class HtmlReader {
  /** Names of open elements that are skipped; the text in them is not read. */
  readonly #skipping: string[] = [];
  #title: string | undefined;
  #heading: { readonly name: string; text: string } | undefined;
  #main = 0;
  #preformatted = 0;
  #space = false;
  #cells = 0;
  #parser: Pick<Parser, "startIndex"> | undefined;
  #table: CellCollector | undefined;
  #inTitle = false;
  #depth = 0;

  constructor(
    private readonly document: DocumentWriter,
    private readonly onlyMain: boolean,
    /** Where tables begin that hold data; others only place things on the page. */
    private readonly dataTables: ReadonlySet<number>,
  ) {}

  /** What is read goes into the open cell of a table, else into the document. */
  private get writer(): Pick<
    DocumentWriter,
    "write" | "endLine" | "endParagraph" | "heading" | "isAtLineStart" | "length"
  > {
    return this.#table ?? this.document;
  }

  onparserinit(parser: Pick<Parser, "startIndex">): void {
    this.#parser = parser;
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (++this.#depth > depthLimit) throw new ParseError("broken", "The page's elements are nested too deep to read.");
    if (this.#skipping.length > 0) {
      if (this.#skipping[0] === name) this.#skipping.push(name);
      return;
    }
    if (isVoid(name)) {
      this.#void(name);
      return;
    }
    if (skipped.has(name) || isHidden(attributes)) {
      this.#skipping.push(name);
      return;
    }
    if (name === "table" && this.dataTables.has(this.#parser?.startIndex ?? -1) && this.#reads())
      this.#table = new CellCollector();
    if (name === "title") this.#inTitle = true;
    if (name === "main") this.#main++;
    if (name === "pre") this.#preformatted++;
    if (/^h[1-6]$/.test(name)) this.#heading = { name, text: "" };
    else if (this.#heading) this.#space = true;
    else if (this.#table && (name === "tr" || name === "td" || name === "th" || name === "caption")) {
      this.#openPart(this.#table, name, attributes);
    } else if (name === "td" || name === "th") {
      if (this.#cells++ > 0) this.#text(" | ", true);
    } else if (blocks.has(name)) {
      this.#break(name);
      if (name === "tr") this.#cells = 0;
      if (name === "li") this.#text("- ", true);
    }
  }

  ontext(text: string): void {
    if (this.#skipping.length > 0) return;
    if (this.#inTitle) this.#title = (this.#title ?? "") + text;
    else if (this.#heading) this.#heading.text += text;
    else this.#text(text);
  }

  onclosetag(name: string): void {
    this.#depth--;
    if (this.#skipping.length > 0) {
      if (this.#skipping[0] === name) this.#skipping.pop();
      return;
    }
    if (name === "title") this.#inTitle = false;
    if (this.#table && name === "table") {
      const table = this.#table;
      this.#table = undefined;
      table.finish(this.document);
    }
    if (this.#heading?.name === name) {
      const { text } = this.#heading;
      this.#heading = undefined;
      if (this.#reads()) this.writer.heading(text, Number(name[1]));
      return;
    }
    if (!this.#heading && blocks.has(name) && name !== "li" && name !== "tr") this.#break(name);
    if (!this.#heading && (name === "li" || name === "tr")) this.#endLine();
    if (name === "main") this.#main = Math.max(0, this.#main - 1);
    if (name === "pre") this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  finish(): void {
    // A page whose file was cut off in the middle of a heading.
    if (this.#heading && this.#reads()) this.writer.heading(this.#heading.text, Number(this.#heading.name[1]));
    // All that some pages have.
    if (this.writer.length === 0 && !this.onlyMain && this.#title) this.writer.heading(this.#title, 1);
  }

  #openPart(table: CellCollector, name: string, { colspan, rowspan }: Readonly<Record<string, string>>): void {
    if (name === "caption") table.openCaption();
    else if (name === "tr") table.openRow();
    else table.openCell({ columns: Number(colspan ?? 1), rows: Number(rowspan ?? 1), isHead: name === "th" });
    this.#space = false;
  }

  #void(name: string): void {
    if (this.#heading) this.#heading.text += " ";
    else if (name === "br" && this.#reads()) this.#endLine();
    else if (name === "hr") this.#break("p");
  }

  #reads(): boolean {
    return !this.onlyMain || this.#main > 0;
  }

  #break(name: string): void {
    if (!this.#reads()) return;
    if (paragraphs.has(name) || /^h[1-6]$/.test(name)) {
      this.writer.endParagraph();
      this.#space = false;
    } else this.#endLine();
  }

  #endLine(): void {
    this.writer.endLine();
    this.#space = false;
  }

  /** Runs of white space are one space, and none at the beginning of a line. */
  #text(text: string, asItIs = false): void {
    if (!this.#reads()) return;
    if (asItIs || this.#preformatted > 0) {
      this.#space = false;
      this.writer.write(text);
      return;
    }
    for (const part of text.split(/([ \t\n\r\f]+)/)) {
      if (part === "") continue;
      if (/^[ \t\n\r\f]/.test(part)) this.#space = true;
      else {
        if (this.#space && !this.writer.isAtLineStart) this.writer.write(" ");
        this.#space = false;
        this.writer.write(part);
      }
    }
  }
}

const isVoid = (name: string): boolean =>
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(name);

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  "hidden" in attributes ||
  attributes["aria-hidden"] === "true" ||
  /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes.style ?? "");
