import { markdownTables } from "../../table/read-markdown";
import { shapeTable } from "../../table/shape-table";
import { type DecodedText, decodeText } from "../../text-source/decode-text";
import { chapterHeadings, markdownHeadings } from "../chunk/text-headings";
import { cleanText } from "./clean-text";
import type { DocumentWriter } from "./document-writer";
import { frontMatter } from "./front-matter";
import { ParseError } from "./parse-failure";
import { placedNotes, withoutDataAddresses, withoutUnseen } from "./plain-markdown";
import { writeTable } from "./write-table";

/** Decodes a text file, or throws what to tell of one that is not text. */
export function readable(bytes: Uint8Array, writer: DocumentWriter, declared?: string): DecodedText {
  const decoded = decodeText(bytes, { declared, encoding: writer.readAs.encoding });
  if (!decoded) {
    throw new ParseError("not-text", "The file is not text. Its name may say another type than it has.");
  }
  if (decoded.isLossy) {
    writer.warn("undecodable-bytes", `Some bytes are not valid ${decoded.encoding} and were replaced.`);
  }
  const { encoding, confidence, alternatives } = decoded;
  if (decoded.isUnsure) {
    writer.warn("encoding-unsure", `The text was read as ${encoding}, but may be in another encoding.`);
  }
  writer.note({ encoding: { encoding, confidence, alternatives } });
  return decoded;
}

/**
 * Plain text and Markdown, which are kept as they are written, but for Markdown's tables: their rows name their columns, so that each can
 * be found; its notes, which stand below the paragraph that they belong to; what is noted about the file before its text, which is about
 * the document; and pictures whose bytes are in the text.
 */
export function readText(bytes: Uint8Array, kind: "text" | "markdown", writer: DocumentWriter): void {
  const whole = trimmed(cleanText(readable(bytes, writer).text));
  const text = kind === "markdown" ? proseOf(whole, writer) : whole;
  let from = 0;
  for (const table of kind === "markdown" ? markdownTables(text) : []) {
    writeProse(text.slice(from, table.start), kind, writer);
    writeTable(writer, shapeTable(table), { isBare: true });
    from = table.end;
  }
  writeProse(text.slice(from), kind, writer);
}

/** Without blanks at the ends of lines, and empty lines before the first and behind the last. */
const trimmed = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+/, "")
    .trimEnd();

function proseOf(text: string, writer: DocumentWriter): string {
  const front = frontMatter(text);
  if (front) writer.describe(front.entries);
  const { text: kept, count } = withoutDataAddresses(front ? text.slice(front.end).replace(/^\n+/, "") : text);
  for (let picture = 0; picture < Math.min(count, 1000); picture++) {
    writer.warn("picture-not-read", "A picture is written into the text itself; its bytes were left out.");
  }
  const { text: shown, unseen, struck } = withoutUnseen(kept);
  if (unseen > 0) writer.warn("text-unseen", "Comments, which nobody sees in the text, were left out.");
  if (struck > 0) writer.warn("text-struck", "Struck-out text was left out.");
  return placedNotes(shown).replace(/^\n+/, "");
}

function writeProse(text: string, kind: "text" | "markdown", writer: DocumentWriter): void {
  const start = writer.length;
  const headings = kind === "markdown" ? markdownHeadings(text) : chapterHeadings(text);
  for (const heading of headings) writer.markHeading(heading.title, heading.level, start + heading.start);
  writer.write(text);
}
