import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { DocumentWriter } from "../document-writer";
import { ParseError } from "../parse-failure";
import { parseLimits } from "../parse-limits";
import { bookmarks } from "./bookmarks";
import { composePages, type ReadPage } from "./compose-pages";
import { type OpenPdf, openPdf } from "./open-pdf";
import { pageFragments } from "./page-fragments";
import { pageImage, showsPicture } from "./page-image";
import { readingOrder } from "./reading-order";

export interface ReadPdfOptions {
  /** Reads the text in a page's picture; absent where nobody can. */
  readonly readImageText?: (png: Uint8Array, page: number) => Promise<string>;
  readonly progress: (done: number, total: number) => void;
}

/** Fewer signs than this are no text, but the remains of one on a scanned page. */
const leastText = 3;

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
    const lines = await pageLines(pdf, page);
    if (lines.reduce((signs, { text }) => signs + text.length, 0) >= leastText) return { kind: "lines", lines };
    if (!(await showsPicture(pdf, page))) return nothing;
    pictures.seen++;
    if (!readImageText) {
      writer.warn("page-not-read", "A page is a picture, and no model that sees was there to read it.", {
        page: number,
      });
      return nothing;
    }
    const text = await readImageText(await pageImage(pdf, page), number);
    return { kind: "picture", text };
  } catch (error) {
    if (error instanceof ParseError) throw error;
    writer.warn("page-not-read", "A page could not be read.", { page: number });
    return nothing;
  } finally {
    page.cleanup();
  }
}

async function pageLines({ library }: OpenPdf, page: PDFPageProxy) {
  const { transform } = page.getViewport({ scale: 1 });
  const { items, styles } = await page.getTextContent();
  const texts = items.flatMap((item) =>
    "str" in item ? [{ ...item, transform: library.Util.transform(transform, item.transform) as number[] }] : [],
  );
  const vertical = texts.filter(({ fontName }) => styles[fontName]?.vertical).length;
  if (vertical <= texts.length / 2) return readingOrder(pageFragments(texts));
  // Lines from top to bottom come in the order in which they are read.
  return texts
    .filter(({ str }) => str.trim() !== "")
    .map(({ str }, index) => ({
      text: str.trim(),
      left: 0,
      right: 1,
      columnLeft: 0,
      columnRight: 1,
      y: index * 10,
      size: 10,
    }));
}
