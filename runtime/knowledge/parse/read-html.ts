import { Parser } from "htmlparser2";
import { CellCollector } from "./cell-collector";
import { dataTables } from "./data-tables";
import type { DocumentWriter } from "./document-writer";
import { HidingRules } from "./hiding-rules";
import { HtmlInline } from "./html-inline";
import { HtmlLists, reversedLists } from "./html-lists";
import { type MathNode, mathNode, mathText } from "./math-text";
import { ParseError } from "./parse-failure";
import type { WarningCode } from "./parsed-document";
import { lower, raise, settleRaised } from "./raised-marks";
import { readable } from "./read-text";

/** What a reader of the page does not read. */
const skipped = new Set(
  "script style noscript template svg iframe object canvas video audio nav footer rt rp datalist".split(" "),
);
/** What its author has struck out. */
const struck = new Set(["del", "s", "strike"]);
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
  const places = {
    tables: /<table[\s>]/i.test(html) ? dataTables(html) : new Set<number>(),
    reversed: reversedLists(html),
    hidden: new HidingRules(html),
  };
  if (/<main[\s>]/i.test(html)) read(html, new HtmlReader(writer, true, places));
  if (writer.length === 0) read(html, new HtmlReader(writer, false, places));
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
  /(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]+)/i.exec(
    Buffer.from(bytes.subarray(0, 2048)).toString("latin1"),
  )?.[1];

interface Places {
  /** Where tables begin that hold data; others only place things on the page. */
  readonly tables: ReadonlySet<number>;
  /** Of lists that count backwards, how many items they have. */
  readonly reversed: ReadonlyMap<number, number>;
  /** What the page's own styles hide. */
  readonly hidden: HidingRules;
}

type Attributes = Readonly<Record<string, string>>;

class HtmlReader {
  /** Names of open elements that are skipped; the text in them is not read. */
  readonly #skipping: string[] = [];
  #warnsOf: WarningCode | undefined;
  #title: string | undefined;
  /** `script` is where raised or lowered text begins in it. */
  #heading: { readonly name: string; text: string; script?: number } | undefined;
  #main = 0;
  #preformatted = 0;
  #cells = 0;
  #parser: Pick<Parser, "startIndex"> | undefined;
  #table: CellCollector | undefined;
  #math: MathNode[] = [];
  #choice: { first: string; chosen: string | undefined; isOpen: boolean } | undefined;
  #inTitle = false;
  #depth = 0;
  readonly #line = new HtmlInline();
  readonly #lists = new HtmlLists();

  constructor(
    private readonly document: DocumentWriter,
    private readonly onlyMain: boolean,
    private readonly places: Places,
  ) {}

  /** What is read goes into the open cell of a table, else into the document. */
  get #sink(): Pick<DocumentWriter, "write" | "endLine" | "endParagraph" | "heading" | "isAtLineStart" | "length"> {
    return this.#table ?? this.document;
  }

  onparserinit(parser: Pick<Parser, "startIndex">): void {
    this.#parser = parser;
  }

  onopentag(name: string, attributes: Attributes): void {
    if (++this.#depth > depthLimit) throw new ParseError("broken", "The page's elements are nested too deep to read.");
    if (this.#skipping.length > 0) {
      if (this.#skipping[0] === name) this.#skipping.push(name);
      return;
    }
    if (this.#math.length > 0 || name === "math") {
      this.#math.push(mathNode(name, attributes));
      return;
    }
    if (isVoid(name)) {
      this.#void(name, attributes);
      return;
    }
    if (this.#skips(name, attributes)) {
      this.#skipping.push(name);
      return;
    }
    if (name === "select") this.#choice = { first: "", chosen: undefined, isOpen: false };
    else if (name === "option" && this.#choice) this.#openOption(this.#choice, attributes);
    else this.#open(name, attributes);
  }

  #skips(name: string, attributes: Attributes): boolean {
    const label = name === "svg" && attributes.role === "img" ? attributes["aria-label"] : undefined;
    if (label) this.#say(label);
    const isHiddenHere =
      isHidden(attributes) || (name === "dialog" && !("open" in attributes)) || this.#isStyledAway(name, attributes);
    // What only a screen reader passes over is on the page a second time, such as an equation's picture made of letters.
    const isLost = isHiddenHere && !skipped.has(name) && attributes["aria-hidden"] !== "true";
    this.#warnsOf = struck.has(name) ? "text-struck" : isLost ? "text-unseen" : undefined;
    return skipped.has(name) || struck.has(name) || isHiddenHere;
  }

  /** Its own style is the strongest. */
  #isStyledAway(name: string, attributes: Attributes): boolean {
    return this.places.hidden.hides(name, attributes) && !shownByStyle.test((attributes.style ?? "").slice(0, 2000));
  }

  #open(name: string, attributes: Attributes): void {
    const start = this.#parser?.startIndex ?? -1;
    if (name === "table" && this.places.tables.has(start) && this.#reads()) {
      this.#line.flush(this.#sink);
      this.#table = new CellCollector();
    }
    if (name === "title") this.#inTitle = true;
    if (name === "main") this.#main++;
    if (name === "pre") this.#preformatted++;
    if (name === "ol" || name === "ul") this.#lists.open(name, attributes, this.places.reversed.get(start));
    if (/^h[1-6]$/.test(name)) {
      this.#line.flush(this.#sink);
      this.#heading = { name, text: "" };
    } else if (this.#heading) {
      if (blocks.has(name)) this.#heading.text += " ";
      if (name === "sup" || name === "sub") this.#heading.script = this.#heading.text.length;
    } else if (name === "sup" || name === "sub") this.#line.openScript(name);
    else if (name === "q") this.#say("“");
    else if (this.#table && (name === "tr" || name === "td" || name === "th" || name === "caption")) {
      this.#openPart(this.#table, name, attributes);
    } else if (name === "td" || name === "th") {
      if (this.#cells++ > 0) this.#text(" | ", true);
    } else if (blocks.has(name)) {
      this.#break(name);
      if (name === "tr") this.#cells = 0;
      if (name === "li") this.#line.begin(this.#lists.mark(attributes));
    }
  }

  ontext(text: string): void {
    const math = this.#math.at(-1);
    if (this.#skipping.length > 0) {
      if (this.#warnsOf && text.trim() !== "" && this.#reads()) this.#warn(this.#warnsOf);
    } else if (math) math.text += text;
    else if (this.#choice) this.#optionText(this.#choice, text);
    else if (this.#inTitle) this.#title = (this.#title ?? "") + text;
    else this.#say(text);
  }

  #warn(code: WarningCode): void {
    this.#warnsOf = undefined;
    if (code === "text-struck") this.document.warn(code, "Struck-out text was left out.");
    else this.document.warn(code, "Text that nobody sees on the page was left out.");
  }

  onclosetag(name: string): void {
    this.#depth--;
    if (this.#skipping.length > 0) {
      if (this.#skipping[0] === name) this.#skipping.pop();
      return;
    }
    if (this.#math.length > 0) {
      this.#closeMath();
      return;
    }
    if (name === "title") this.#inTitle = false;
    if (name === "select" && this.#choice) {
      const { chosen, first } = this.#choice;
      this.#choice = undefined;
      this.#say(` ${(chosen ?? first).replace(/\s+/g, " ").trim()} `);
    }
    if (this.#table && name === "table") {
      const table = this.#table;
      this.#line.flush(table);
      this.#table = undefined;
      table.finish(this.document);
    }
    if (this.#heading?.name === name) {
      const { text } = this.#heading;
      this.#heading = undefined;
      if (this.#reads()) this.#sink.heading(settleRaised(text, new Set()), Number(name[1]));
      return;
    }
    if (name === "ol" || name === "ul") this.#lists.close();
    if (name === "q") this.#say("”");
    if (name === "sup" || name === "sub") this.#closeScript(name);
    if (!this.#heading && blocks.has(name) && name !== "li" && name !== "tr") this.#break(name);
    if (!this.#heading && (name === "li" || name === "tr")) this.#endLine();
    if (name === "main") this.#main = Math.max(0, this.#main - 1);
    if (name === "pre") this.#preformatted = Math.max(0, this.#preformatted - 1);
  }

  #closeScript(name: "sup" | "sub"): void {
    const heading = this.#heading;
    if (!heading) this.#line.closeScript(name);
    else if (heading.script !== undefined) {
      const [before, script] = [heading.text.slice(0, heading.script), heading.text.slice(heading.script)];
      heading.text = name === "sup" ? raise(before, script, false) : lower(before, script);
      delete heading.script;
    }
  }

  finish(): void {
    this.#line.flush(this.#sink);
    // A page whose file was cut off in the middle of a heading.
    if (this.#heading && this.#reads()) this.#sink.heading(this.#heading.text, Number(this.#heading.name[1]));
    // All that some pages have.
    if (this.#sink.length === 0 && !this.onlyMain && this.#title) this.#sink.heading(this.#title, 1);
  }

  #openPart(table: CellCollector, name: string, { colspan, rowspan }: Attributes): void {
    this.#line.flush(table);
    this.#line.endLine();
    if (name === "caption") table.openCaption();
    else if (name === "tr") table.openRow();
    else table.openCell({ columns: Number(colspan ?? 1), rows: Number(rowspan ?? 1), isHead: name === "th" });
  }

  #void(name: string, attributes: Attributes): void {
    const isShown = !isHidden(attributes) && !this.#isStyledAway(name, attributes);
    if (name === "img" || name === "area") {
      // A picture's name is no description of it.
      const { alt = "" } = attributes;
      if (isShown && alt.trim() !== "" && !/^\S{1,100}\.(?:png|jpe?g|gif|webp|svg)$/i.test(alt.trim()))
        this.#say(` ${alt.trim()} `);
    } else if (name === "input") {
      if (isShown) this.#input(attributes);
    } else if (name === "br") {
      if (this.#heading) this.#heading.text += " ";
      else if (this.#reads()) this.#endLine();
    } else if (name === "hr") this.#break("p");
  }

  /** What a field holds, and what a button is called. */
  #input({ type = "text", value = "", alt = "", ...attributes }: Attributes): void {
    const kind = type.toLowerCase();
    if (kind === "checkbox" || kind === "radio") this.#say("checked" in attributes ? " [x] " : " [ ] ");
    else if (kind === "image") this.#say(` ${alt} `);
    else if (kind !== "hidden" && kind !== "password") this.#say(` ${value} `);
  }

  #openOption(choice: { chosen: string | undefined; first: string; isOpen: boolean }, attributes: Attributes): void {
    choice.isOpen = "selected" in attributes;
    if (choice.isOpen) choice.chosen = "";
    // Only the first option is shown where none is chosen.
    else if (choice.first !== "") choice.first += "\u0000";
  }

  #optionText(choice: { chosen: string | undefined; first: string; isOpen: boolean }, text: string): void {
    if (choice.isOpen) choice.chosen = (choice.chosen ?? "") + text;
    else if (!choice.first.includes("\u0000")) choice.first += choice.first === "" ? text.trimStart() : text;
  }

  #closeMath(): void {
    const node = this.#math.pop();
    const outer = this.#math.at(-1);
    if (!node) return;
    if (outer) outer.children.push(node);
    else this.#say(mathText(node) || (node.attributes.alttext ?? ""));
  }

  #reads(): boolean {
    return !this.onlyMain || this.#main > 0;
  }

  #break(name: string): void {
    // The first paragraph of a list's item stands behind its mark.
    if (!this.#reads() || this.#line.hasOnlyMark) return;
    this.#line.flush(this.#sink);
    this.#line.endLine();
    if (paragraphs.has(name) || /^h[1-6]$/.test(name)) this.#sink.endParagraph();
    else this.#sink.endLine();
  }

  #endLine(): void {
    this.#line.flush(this.#sink);
    this.#line.endLine();
    this.#sink.endLine();
  }

  /** Text where it stands: in a heading, or on the line. */
  #say(text: string): void {
    if (this.#heading) this.#heading.text += text;
    else this.#text(text);
  }

  #text(text: string, asItIs = false): void {
    if (this.#reads()) this.#line.add(text, this.#sink, asItIs || this.#preformatted > 0);
  }
}

const isVoid = (name: string): boolean =>
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(name);

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  "hidden" in attributes ||
  attributes["aria-hidden"] === "true" ||
  hidingStyle.test((attributes.style ?? "").slice(0, 2000));

/** As scripts write it that have opened what was folded. */
const shownByStyle = /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}(?!none)|visibility\s{0,9}:\s{0,9}visible)/i;

/** Not shown, too small, or pushed off the page. */
const hidingStyle =
  /(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)|opacity\s{0,9}:\s{0,9}0(?:\.0{1,9})?\s{0,9}(?:;|!|$)|font-size\s{0,9}:\s{0,9}(?:0(?:px|pt|em|rem|%)?|1px)\s{0,9}(?:;|!|$)|(?:text-indent|left|top)\s{0,9}:\s{0,9}-\d{4,6}px)/i;
