import type { DocumentWriter } from "../document-writer";
import { noteMarks, settleRaised } from "../raised-marks";
import { TableWriter } from "../table-writer";
import type { Bookmark } from "./bookmarks";
import { bodySize, headingSizes } from "./heading-sizes";
import { continues } from "./joined-lines";
import { joint, type KnownWords, knownWords } from "./line-joint";
import type { PageLine } from "./page-line";
import { middle } from "./reading-order";
import { runningLines } from "./running-lines";

/** A page as it was read: its lines, or, of a scanned one, the text that was found in its picture. */
export type ReadPage =
  | { readonly kind: "lines"; readonly lines: readonly PageLine[] }
  /** What was found in its picture, and what is written over that, as a stamp or a footer is. */
  | { readonly kind: "picture"; readonly text: string; readonly lines: readonly PageLine[] };

/** Writes the pages as running text: headings apart, lines joined to paragraphs, headers and footers left out. */
export function composePages(
  pages: readonly ReadPage[],
  contents: ReadonlyMap<number, readonly Bookmark[]>,
  writer: DocumentWriter,
): void {
  const body = bodySize(pages.flatMap((page) => page.lines));
  const settled = pages.map((page) => settle(page, body));
  const lines = settled.map((page) => page.lines);
  const all = lines.flat();
  // The rows of tables on page after page look alike, and are none of its header.
  const running = runningLines(
    lines.map((page) => page.filter(({ row }) => !row)),
    body,
  );
  const levelBySize =
    contents.size > 0
      ? () => undefined
      : headingSizes(
          all.filter((line) => !running.has(line)),
          body,
        );
  const composer = new Composer(writer, knownWords(all));
  settled.forEach((page, index) => {
    if (page.kind === "picture") {
      composer.picturePage(index + 1, page);
      return;
    }
    const kept = page.lines.filter((line) => !running.has(line));
    composer.textPage(index + 1, headed(kept, contents.get(index + 1) ?? [], levelBySize));
  });
  composer.finish();
}

/** With the raised marks of its lines told apart, by the notes at its end. */
function settle(page: ReadPage, body: number): ReadPage {
  const notes = noteMarks(page.lines, body);
  const lines = page.lines.map((line) => ({
    ...line,
    text: settleRaised(line.text, notes),
    ...(line.row ? { row: { ...line.row, cells: line.row.cells.map((cell) => settleRaised(cell, notes)) } } : {}),
  }));
  return { ...page, lines };
}

interface HeadedLine {
  readonly line: PageLine;
  readonly heading?: { readonly title: string; readonly level: number };
}

/** Finds the lines that are headings; a bookmark whose title is not on its page stands at the page's top. */
function headed(
  lines: readonly PageLine[],
  marks: readonly Bookmark[],
  levelBySize: (line: PageLine) => number | undefined,
): { readonly lines: readonly HeadedLine[]; readonly atTop: readonly Bookmark[] } {
  const found = new Map<PageLine, Bookmark>();
  const atTop: Bookmark[] = [];
  for (const mark of marks) {
    const title = bare(mark.title);
    const line = lines.find((candidate) => !found.has(candidate) && isTitle(bare(candidate.text), title));
    if (line) found.set(line, mark);
    else atTop.push(mark);
  }
  const result: HeadedLine[] = [];
  for (const line of lines) {
    const mark = found.get(line);
    const level = mark?.level ?? levelBySize(line);
    const before = result.at(-1);
    if (level === undefined) result.push({ line });
    // A title that takes two lines.
    else if (!mark && before?.heading?.level === level && isBelow(before.line, line)) {
      const { cut, between } = joint(before.heading.title, line.text);
      const title = before.heading.title.slice(0, before.heading.title.length - cut) + between + line.text;
      result[result.length - 1] = { line, heading: { title, level } };
    } else result.push({ line, heading: { title: line.text, level } });
  }
  return { lines: result, atTop };
}

/** Without its number, which the table of contents may leave out. */
const bare = (text: string) => text.replace(/^[\d.\s]+|[\s.]+/g, "").toLowerCase();
const isTitle = (line: string, title: string) =>
  line !== "" &&
  (line.startsWith(title) ? line.length < title.length * 2 + 10 : title.startsWith(line) && line.length >= 8);
const isBelow = (line: PageLine, next: PageLine) => next.y > line.y && next.y - line.y < 1.6 * line.size;

class Composer {
  /** The line whose end is not yet written, since a hyphen in it may go. */
  #pending: { text: string; readonly line: PageLine } | undefined;

  constructor(
    private readonly writer: DocumentWriter,
    private readonly words: KnownWords,
  ) {}

  #table:
    | {
        readonly table: number;
        readonly width: number;
        readonly header: string | undefined;
        readonly writer: Pick<TableWriter, "row" | "finish">;
      }
    | undefined;

  picturePage(page: number, { text, lines }: { readonly text: string; readonly lines: readonly PageLine[] }): void {
    this.#endTable();
    this.#end();
    this.writer.page(page);
    for (const paragraph of text.split(/\n\s*\n/)) if (paragraph.trim() !== "") this.writer.paragraph(paragraph);
    const signs = (written: string) => written.replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
    const known = signs(text);
    // Who read the picture has read what is written over it, too, as a rule.
    for (const line of lines) if (!known.includes(signs(line.text))) this.writer.paragraph(line.text);
  }

  textPage(page: number, { lines, atTop }: ReturnType<typeof headed>): void {
    const leading = usualLeading(lines);
    lines.forEach(({ line, heading }, index) => {
      const opens = index === 0;
      if (line.row) {
        this.#tableRow(line.row, opens ? () => this.#begin(page, atTop) : undefined);
        return;
      }
      this.#endTable();
      const before = this.#pending;
      if (before && !heading && continues(before.line, line, leading, opens)) {
        const { cut, between } = joint(before.text, line.text, this.words);
        this.writer.write(before.text.slice(0, before.text.length - cut) + between);
        if (opens) this.#begin(page, atTop);
        this.#pending = { text: line.text, line };
        return;
      }
      this.#end();
      if (opens) this.#begin(page, atTop);
      if (heading) this.writer.heading(heading.title, heading.level);
      else this.#pending = { text: line.text, line };
    });
    if (lines.length === 0) {
      this.#endTable();
      this.#end();
      this.#begin(page, atTop);
    }
  }

  finish(): void {
    this.#endTable();
    this.#end();
  }

  /** A table whose rows go on at the top of the next page is one; its header, said again there, is not. */
  #tableRow({ table, cells, hasHeader }: NonNullable<PageLine["row"]>, begin: (() => void) | undefined): void {
    const open = this.#table;
    if (begin && open && open.width === cells.length && (!hasHeader || open.header === cells.join("\n"))) {
      begin();
      this.#table = { ...open, table };
      if (open.header !== cells.join("\n")) open.writer.row(cells);
      return;
    }
    if (open && !begin && open.table === table) {
      open.writer.row(cells);
      return;
    }
    this.#endTable();
    this.#end();
    begin?.();
    const header = hasHeader ? cells.join("\n") : undefined;
    const writer = hasHeader ? new TableWriter(this.writer) : new PlainRows(this.writer);
    this.#table = { table, width: cells.length, header, writer };
    writer.row(cells);
  }

  #endTable(): void {
    this.#table?.writer.finish();
    this.#table = undefined;
  }

  #begin(page: number, atTop: readonly Bookmark[]): void {
    this.writer.page(page);
    for (const { title, level } of atTop) this.writer.markHeading(title, level);
  }

  #end(): void {
    if (this.#pending) this.writer.write(this.#pending.text);
    this.#pending = undefined;
    this.writer.endParagraph();
  }
}

/** The rows of a table whose columns have no names, each on a line of its own, with two spaces between cells. */
class PlainRows {
  constructor(private readonly writer: DocumentWriter) {}

  row(cells: readonly string[]): boolean {
    this.writer.endLine();
    this.writer.write(cells.filter((cell) => cell !== "").join("  "));
    this.writer.endLine();
    return true;
  }

  finish(): void {
    this.writer.endParagraph();
  }
}

const usualLeading = (lines: readonly HeadedLine[]): number => {
  const distances = lines.flatMap(({ line }, index) => {
    const before = lines[index - 1]?.line;
    const distance = before ? line.y - before.y : 0;
    return distance > 0 && before && Math.abs(before.size - line.size) < 0.1 * line.size ? [distance] : [];
  });
  return middle(distances);
};
