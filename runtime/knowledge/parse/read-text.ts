import { chapterHeadings, markdownHeadings } from "../chunk/text-headings";
import { cleanText } from "./clean-text";
import { type DecodedText, decodeText } from "./decode-text";
import type { DocumentWriter } from "./document-writer";
import { ParseError } from "./parse-failure";

/** Decodes a text file, or throws what to tell of one that is not text. */
export function readable(bytes: Uint8Array, writer: DocumentWriter, declared?: string): DecodedText {
  const decoded = decodeText(bytes, declared);
  if (!decoded) {
    throw new ParseError("not-text", "The file is not text. Its name may say another type than it has.");
  }
  if (decoded.isLossy) {
    writer.warn("undecodable-bytes", `Some bytes are not valid ${decoded.encoding} and were replaced.`);
  }
  return decoded;
}

/** Plain text and Markdown, which are kept as they are written. */
export function readText(bytes: Uint8Array, kind: "text" | "markdown", writer: DocumentWriter): void {
  const text = cleanText(readable(bytes, writer).text)
    .replace(/[ \t]+$/gm, "")
    .replace(/^\n+|\s+$/g, "");
  const headings = kind === "markdown" ? markdownHeadings(text) : chapterHeadings(text);
  for (const { title, level, start } of headings) writer.markHeading(title, level, start);
  writer.write(text);
}
