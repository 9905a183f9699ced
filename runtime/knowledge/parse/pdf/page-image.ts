import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { OpenPdf } from "./open-pdf";

/** Enough for the small print of a whole page, and no more for a page as large as a poster. */
const longestSide = 2000;

interface DrawnCanvas {
  readonly encode: (format: "png") => Promise<Uint8Array>;
}
interface CanvasFactory {
  readonly create: (
    width: number,
    height: number,
  ) => { readonly canvas: HTMLCanvasElement & DrawnCanvas; readonly context: CanvasRenderingContext2D };
  readonly destroy: (made: object) => void;
}

/** The page as a PNG. Throws where the machine lacks the drawing library's native part. */
export async function pageImage({ document }: OpenPdf, page: PDFPageProxy): Promise<Uint8Array> {
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(4, longestSide / Math.max(plain.width, plain.height)) });
  const factory = document.canvasFactory as CanvasFactory;
  const made = factory.create(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)));
  try {
    await page.render({ canvas: made.canvas, canvasContext: made.context, viewport }).promise;
    return new Uint8Array(await made.canvas.encode("png"));
  } finally {
    factory.destroy(made);
  }
}
