import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { DrawingReader, type DrawnFont } from "./drawing-reader";
import type { DrawingState } from "./drawing-state";
import { type Box, toMatrix } from "./matrix";
import type { OpenPdf } from "./open-pdf";

/** A sign as it is drawn, in points from the page's top left corner; from the beginning of its baseline to its end. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly endX: number;
  readonly endY: number;
  readonly size: number;
  /** Of the page's drawings, which come one over the other. */
  readonly order: number;
  readonly state: Readonly<Pick<DrawingState, "renderMode" | "fill" | "stroke" | "alpha" | "isPlain" | "clip">>;
  /** In a layer that is switched off. */
  readonly isOff: boolean;
}

/** What a part of the page is covered with. */
export interface Cover extends Box {
  readonly order: number;
  /** Of an even, opaque rectangle; undefined for all else, of which nobody knows what it shows at a place. */
  readonly color: string | undefined;
}

/** A straight line along an axis of the page, as between the rows of a table. */
export interface Rule extends Box {
  readonly isHorizontal: boolean;
}

export interface PageDrawing {
  readonly page: Box;
  /** One list for each piece of text that was drawn in one go. */
  readonly texts: readonly (readonly Glyph[])[];
  readonly pictures: readonly Box[];
  readonly covers: readonly Cover[];
  readonly rules: readonly Rule[];
  /** Drawn shapes that are neither rectangles nor lines: letters, where text was made to curves. */
  readonly shapes: number;
  /** Something is drawn in a way that hides where text stands, or there is too much of it to look at. */
  readonly isUnsure: boolean;
}

/** Follows a page's drawing instructions, as far as they tell where what stands and whether it can be seen. */
export async function pageDrawing({ library, layers, operators }: OpenPdf, page: PDFPageProxy): Promise<PageDrawing> {
  const viewport = page.getViewport({ scale: 1 });
  const { fnArray, argsArray } = await page.getOperatorList({
    intent: "display",
    annotationMode: library.AnnotationMode.DISABLE,
  });
  const area: Box = { left: 0, top: 0, right: viewport.width, bottom: viewport.height };
  const reader = new DrawingReader(area, toMatrix(viewport.transform), {
    fontOf: (name) => (page.commonObjs.has(name) ? (page.commonObjs.get(name) as DrawnFont) : undefined),
    isVisible: (group) => {
      try {
        return layers.isVisible(group as Parameters<typeof layers.isVisible>[0]);
      } catch {
        return true;
      }
    },
  });
  const nameOf = (code: number) => operators.get(code) ?? "";
  fnArray.forEach((operator, index) => {
    reader.read(nameOf(operator), (argsArray[index] ?? []) as readonly unknown[], nameOf);
  });
  return reader.finish();
}
