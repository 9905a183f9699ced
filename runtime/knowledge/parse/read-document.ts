import { checkSize } from "./check-size";
import type { DocumentFile } from "./document-file";
import { DocumentWriter } from "./document-writer";
import { fileKind } from "./file-kind";
import { guessLanguage } from "./guess-language";
import { ParseError } from "./parse-failure";
import { parseLimits } from "./parse-limits";
import type { ParsedDocument } from "./parsed-document";
import { readPdf } from "./pdf/read-pdf";
import type { ReadAs } from "./read-as";
import { readCsv } from "./read-csv";
import { readDocx } from "./read-docx";
import { readHtml } from "./read-html";
import { readText } from "./read-text";
import { readXlsx } from "./read-xlsx";

export interface ReadOptions {
  /** What was corrected of how the file is taken. */
  readonly readAs?: ReadAs;
  /** Reads the text in the picture of a scanned page, from 1; absent where nobody can. */
  readonly readImageText?: (png: Uint8Array, page: number) => Promise<string>;
  /** Told after each page of a PDF. */
  readonly progress: (done: number, total: number) => void;
}

/** Reads a file in this very process: hostile ones may take its time and memory, so the app reads through `parseDocument`. */
export async function readDocument(file: DocumentFile, options: ReadOptions): Promise<ParsedDocument> {
  checkSize(file.bytes.length);
  const { kind, claimed } = fileKind(file.name, file.mediaType, file.bytes);
  const writer = new DocumentWriter(parseLimits, options.readAs);
  if (claimed !== undefined && claimed !== kind) {
    writer.warn("type-differs", `The file is called ${claimed} but is ${kind}; it was read as ${kind}.`);
  }
  switch (kind) {
    case "text":
    case "markdown":
      readText(file.bytes, kind, writer);
      break;
    case "html":
      readHtml(file.bytes, writer);
      break;
    case "csv":
      readCsv(file.bytes, writer);
      break;
    case "pdf":
      await readPdf(file.bytes, writer, options);
      break;
    case "docx":
      await readDocx(file.bytes, writer);
      break;
    case "xlsx":
      await readXlsx(file.bytes, writer);
      break;
    default:
      kind satisfies never;
  }
  const document = writer.finish();
  if (document.text.trim() === "") throw new ParseError("empty", "There is no text in the file.");
  const language = guessLanguage(document.text);
  return language === undefined ? document : { ...document, language };
}
