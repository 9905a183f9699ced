import { createRequire } from "node:module";
import path from "node:path";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { ParseError } from "../parse-failure";

const require = createRequire(import.meta.url);

export type PdfLibrary = typeof import("pdfjs-dist/legacy/build/pdf.mjs");

export interface OpenPdf {
  readonly library: PdfLibrary;
  readonly document: PDFDocumentProxy;
  /** Which layers are shown. */
  readonly layers: Awaited<ReturnType<PDFDocumentProxy["getOptionalContentConfig"]>>;
  /** What each number in a page's instructions stands for. */
  readonly operators: ReadonlyMap<number, string>;
  readonly close: () => Promise<void>;
}

/** Opens the file without reading its pages. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf> {
  await import("./missing-language-features.mjs");
  const library = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = path.dirname(require.resolve("pdfjs-dist/package.json"));
  const data = (name: string) => `${path.join(folder, name)}${path.sep}`;
  const task = library.getDocument({
    // A copy, since pdf.js takes away the memory that it is given.
    data: new Uint8Array(bytes),
    cMapUrl: data("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: data("standard_fonts"),
    wasmUrl: data("wasm"),
    iccUrl: data("iccs"),
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: 64_000_000,
    verbosity: library.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const layers = await document.getOptionalContentConfig({ intent: "display" });
    const operators = new Map(Object.entries(library.OPS).map(([name, code]) => [code as number, name]));
    return { library, document, layers, operators, close: () => task.destroy() };
  } catch (error) {
    await task.destroy();
    if (error instanceof Error && error.name === "PasswordException") {
      throw new ParseError("encrypted", "The PDF is protected with a password. Save it without one and add it again.");
    }
    throw new ParseError("broken", "The PDF is damaged and cannot be opened. Make it anew and add it again.");
  }
}
