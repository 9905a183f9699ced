import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { DocumentWriter } from "../document-writer";
import { ParseError } from "../parse-failure";
import { parseLimits } from "../parse-limits";
import { bookmarks } from "./bookmarks";
import { composePages, type ReadPage } from "./compose-pages";
import { type OpenPdf, openPdf } from "./open-pdf";
import { pageImage } from "./page-image";
import { pageLines } from "./page-lines";
import { pictureNeed } from "./picture-need";

export interface ReadPdfOptions {
  /** Reads the text in a page's picture; absent where nobody can. */
  readonly readImageText?: (png: Uint8Array, page: number) => Promise<string>;
  readonly progress: (done: number, total: number) => void;
}

export async function readPdf(bytes: Uint8Array, writer: DocumentWriter, options: ReadPdfOptions): Promise<void> {
  const pdf = await openPdf(bytes);
  try {
    const { numPages } = pdf.document;
    if (numPages > parseLimits.pages) {
      throw new ParseError(
        "too-many-pages",
        `The PDF has ${numPages} pages; at most ${parseLimits.pages} are read. Split it into several files.`,
      );
    }
    await warnOfForm(pdf, writer);
    const contents = await bookmarks(pdf.document);
    const pages: ReadPage[] = [];
    const pictures = { seen: 0 };
    for (let number = 1; number <= numPages; number++) {
      pages.push(await readPage(pdf, number, writer, options, pictures));
      options.progress(number, numPages);
    }
    composePages(pages, contents, writer);
    if (writer.length === 0 && pictures.seen > 0) {
      throw new ParseError(
        "no-text",
        options.readImageText
          ? "The pages are pictures, and no text was found in them."
          : "The pages are pictures. Choose a model that sees, so that their text can be read.",
      );
    }
  } finally {
    await pdf.close();
  }
}

/** Forms that only one maker's reader shows have a page with a notice in their stead. */
async function warnOfForm({ document }: OpenPdf, writer: DocumentWriter): Promise<void> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} as object }));
  if ("IsXFAPresent" in info && info.IsXFAPresent && !("IsAcroFormPresent" in info && info.IsAcroFormPresent)) {
    writer.warn("form-not-read", "The file is a form of a kind that only its maker's program can show.");
  }
}

const nothing: ReadPage = { kind: "lines", lines: [] };

async function readPage(
  pdf: OpenPdf,
  number: number,
  writer: DocumentWriter,
  { readImageText }: ReadPdfOptions,
  pictures: { seen: number },
): Promise<ReadPage> {
  let page: PDFPageProxy;
  try {
    page = await pdf.document.getPage(number);
  } catch {
    writer.warn("part-left-out", "A page is damaged and was left out.", { page: number });
    return nothing;
  }
  try {
    const content = await pageLines(pdf, page);
    const { lines } = content;
    if (content.unseen > 0) {
      writer.warn("text-unseen", "Text that nobody can see on the page was left out.", { page: number });
    }
    const need = pictureNeed(content);
    if (need === "none") return { kind: "lines", lines };
    if (need === "part") {
      writer.warn("picture-not-read", "A large picture stands on the page; text in it was not read.", { page: number });
      return { kind: "lines", lines };
    }
    pictures.seen++;
    // Letters that are not known as such would only be noise.
    const kept = need === "unreadable" ? [] : lines;
    if (!readImageText) {
      writer.warn("page-not-read", "A page is a picture, and no model that sees was there to read it.", {
        page: number,
      });
      return { kind: "lines", lines: kept };
    }
    const text = await readImageText(await pageImage(pdf, page), number);
    if (text.trim() === "") writer.warn("page-not-read", "No text was found in a page's picture.", { page: number });
    return { kind: "picture", text, lines: kept };
  } catch (error) {
    if (error instanceof ParseError) throw error;
    writer.warn("page-not-read", "A page could not be read.", { page: number });
    return nothing;
  } finally {
    page.cleanup();
  }
}
